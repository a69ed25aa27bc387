import { commonTexts } from '@/i18n/common';
import { useT } from '@/platform/i18n';
import { Page, Skeleton } from '@/ui';

export default function Me() {
  const t = useT(commonTexts);
  return (
    <Page title={t('appName')} tab="me">
      <Skeleton />
    </Page>
  );
}
