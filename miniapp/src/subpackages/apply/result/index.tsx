import { commonTexts } from '@/i18n/common';
import { useT } from '@/platform/i18n';
import { Page, Skeleton } from '@/ui';

export default function ApplicationResult() {
  const t = useT(commonTexts);
  return (
    <Page title={t('appName')} access="person">
      <Skeleton />
    </Page>
  );
}
