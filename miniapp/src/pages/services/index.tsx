import { commonTexts } from '@/i18n/common';
import { useT } from '@/platform/i18n';
import { Page, Skeleton } from '@/ui';

/** The service hall. */
export default function Services() {
  const t = useT(commonTexts);
  return (
    <Page title={t('tabServices')} tab="services">
      <Skeleton />
    </Page>
  );
}
