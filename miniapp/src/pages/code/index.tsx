import { commonTexts } from '@/i18n/common';
import { useT } from '@/platform/i18n';
import { Page, Skeleton } from '@/ui';

/** The card's code. */
export default function Code() {
  const t = useT(commonTexts);
  return (
    <Page title={t('tabCode')}>
      <Skeleton face rows={0} />
    </Page>
  );
}
