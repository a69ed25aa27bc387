import { withCheckDigits } from '@talent-card/shared/cards/card-number';
import { CARD_CATEGORIES, OPEN_CATEGORIES } from '@talent-card/shared/cards/categories';
import { View } from '@tarojs/components';
import { cardPageTexts } from '@/i18n/card-pages';
import { useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { Button, Card, CardFace, DemoMark, Page, Timeline } from '@/ui';

const isOpen = (category: string) => (OPEN_CATEGORIES as readonly string[]).includes(category);

/** What the card is, whom it is for and how one gets it: open to guests. */
export default function AboutCard() {
  const t = useT(cardPageTexts);
  return (
    <Page title={t('aboutTitle')} bar={<Button onTap={() => go('apply')}>{t('aboutStart')}</Button>}>
      <View className="lead">{t('aboutLead')}</View>
      <View>
        <CardFace
          card={{
            kind: 'talent',
            number: withCheckDigits('37100821006341'),
            holderName: t('sampleName'),
            cardClass: null,
            status: 'active',
            validUntil: '2031-05-20',
          }}
        />
        <View className="row" style={{ marginTop: '8px', gap: '8px' }}>
          <DemoMark />
          <View className="small">{t('aboutSample')}</View>
        </View>
      </View>
      <Card>
        <View className="h2">{t('aboutFor')}</View>
        {[true, false].map((direct) => (
          <View key={String(direct)} style={{ marginTop: '12px' }}>
            <View className="small">{t(direct ? 'aboutDirect' : 'aboutReviewed')}</View>
            {CARD_CATEGORIES.filter((category) => isOpen(category) === direct).map((category) => (
              <View key={category} style={{ marginTop: '4px' }}>
                {t(`category-${category}`)}
              </View>
            ))}
          </View>
        ))}
      </Card>
      <View>
        <View className="section-head">
          <View className="h2">{t('aboutHow')}</View>
        </View>
        <Timeline
          items={([1, 2, 3] as const).map((n) => ({
            key: String(n),
            title: t(`aboutStep${n}`),
            when: t(`aboutStep${n}Note`),
            status: 'now',
          }))}
        />
      </View>
    </Page>
  );
}
