import type { Entitlement } from '@talent-card/shared/channels/schema';
import { Image, View } from '@tarojs/components';
import { channelTexts } from '@/i18n/channel';
import { explainForChannel } from '@/i18n/channel-conditions';
import { nameCondition } from '@/i18n/conditions';
import { goneKey, leftKey } from '@/i18n/services';
import { bindingLimit, renewalDay } from '@/parts/balance';
import { useDates, useLocale, useLocalized, useT } from '@/platform/i18n';
import { a11y, Card, Icon, Notice, svgUri } from '@/ui';

const RING = 64;
const CIRCUMFERENCE = 2 * Math.PI * 27;

/** What is left as a ring of gold on deep sea. */
function ring(left: number, most: number): string {
  const part = most > 0 ? Math.min(1, Math.max(0, left / most)) : 0;
  const arc = (part * CIRCUMFERENCE).toFixed(1);
  const circle = `cx="32" cy="32" r="27" fill="none" stroke-width="6"`;
  return svgUri(
    `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 64 64"><circle ${circle} stroke="#FFFFFF" stroke-opacity=".18"/>${part > 0 ? `<circle ${circle} stroke="#C8A24A" stroke-linecap="round" stroke-dasharray="${arc} ${CIRCUMFERENCE.toFixed(1)}" transform="rotate(-90 32 32)"/>` : ''}</svg>`,
  );
}

/** The balance in large figures; nothing where the channel is not open to the person. */
export function BalanceHero({ entitlement }: { entitlement: Entitlement }) {
  const t = useT(channelTexts);
  const dates = useDates();
  const { left, leftWindow, companions, entitled, discountPercent, capCents } = entitlement;
  if (!entitled && left !== 0) return null;
  const limit = bindingLimit(entitlement);
  const day = renewalDay(limit, dates);
  const extras = [
    companions > 0 ? t('withCompanions', { n: companions }) : null,
    discountPercent ? t('discount', { percent: discountPercent }) : null,
    capCents ? t('cap', { amount: (capCents / 100).toLocaleString('en') }) : null,
  ];
  if (left === null || !leftWindow || leftWindow === 'use') {
    return (
      <View className="hero">
        <View className="grow">
          <View className="hero__big">{t('unlimited')}</View>
          <Words words={extras} />
        </View>
      </View>
    );
  }
  return (
    <View className="hero">
      <View className="grow">
        <View className="hero__small">{left > 0 ? t(leftKey(leftWindow)) : t(goneKey(leftWindow))}</View>
        <View className="hero__big tabular">
          {left}
          <View className="hero__unit">{t('leftAfter')}</View>
        </View>
        <Words
          words={[
            limit ? t('leftOf', { n: limit.most }) : null,
            day ? t('renews', { day }) : null,
            ...extras,
          ]}
        />
      </View>
      {limit ? (
        <View className="hero__ring" {...a11y({ hidden: true })}>
          <Image src={ring(left, limit.most)} style={{ width: `${RING}px`, height: `${RING}px` }} />
          <View className="hero__ring-words tabular">
            {left}/{limit.most}
          </View>
        </View>
      ) : null}
    </View>
  );
}

function Words({ words }: { words: (string | null)[] }) {
  const said = words.filter((word): word is string => Boolean(word));
  if (said.length === 0) return null;
  return (
    <View className="hero__small hero__words">
      {said.map((word) => (
        <View key={word}>{word}</View>
      ))}
    </View>
  );
}

/** Each condition with its answer; what is missing says what to do about it. */
export function ConditionsCard({ entitlement }: { entitlement: Entitlement }) {
  const t = useT(channelTexts);
  const locale = useLocale((state) => state.locale);
  const localized = useLocalized();
  const { conditions, entitled, fundedElsewhere, excess } = entitlement;
  const longer = entitlement.limits.filter(({ window }) => window !== 'use');
  if (conditions.length === 0 && !fundedElsewhere && excess === 0) return null;
  return (
    <Card>
      <View className="h2">{t(entitled ? 'conditions' : 'conditionsOpen')}</View>
      {conditions.map(({ code, outcome, reason, params }) => (
        <View className="ch-condition" key={code}>
          <View className="ch-condition__icon">
            <Icon
              name={outcome === 'met' ? 'ok' : outcome === 'unmet' ? 'close' : 'clock'}
              size={20}
              colour={outcome === 'met' ? 'youth' : outcome === 'unmet' ? 'danger' : 'warn'}
              weight={2}
            />
          </View>
          <View className="grow">
            {outcome === 'met' ? null : <View className="strong">{nameCondition(code, locale)}</View>}
            <View className={outcome === 'met' ? '' : 'muted'}>
              {explainForChannel({ reason, params }, locale)}
            </View>
          </View>
        </View>
      ))}
      {longer.length > 1 ? (
        <View className="ch-limits">
          <View className="small">{t('limits')}</View>
          {longer.map(({ window, most, used }) => (
            <View key={window}>{t(`most-${window}`, { n: most, used })}</View>
          ))}
        </View>
      ) : null}
      {fundedElsewhere ? (
        <View className="ch-gap">
          <Notice tone="warn">{t('fundedBy', { name: localized(fundedElsewhere) })}</Notice>
        </View>
      ) : null}
      {excess > 0 ? (
        <View className="ch-gap">
          <Notice tone="warn">{t('excess', { n: excess })}</Notice>
        </View>
      ) : null}
    </Card>
  );
}
