import { commonTexts } from '@/i18n/common';
import { useT } from '@/platform/i18n';
import { CardFace, Page, Skeleton } from '@/ui';

export default function Home() {
  const t = useT(commonTexts);
  return (
    <Page title={t('appName')} tab="home">
      <CardFace
        card={{
          kind: 'talent',
          number: '3710082100634185',
          holderName: '林海清',
          cardClass: 'A',
          status: 'active',
          validUntil: '2031-05-20',
        }}
      />
      <Skeleton />
    </Page>
  );
}
