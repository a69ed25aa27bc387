import { VERDICT_COLOURS } from '@talent-card/shared/uses/verdicts';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { cardsTexts } from '@/i18n/cards';
import { explainCondition, nameCondition } from '@/i18n/conditions';
import { explain } from '@/i18n/errors';
import { staffTexts, verdictTitles } from '@/i18n/staff';
import { Stepper } from '@/parts/stepper';
import { ApiError } from '@/platform/api-error';
import { useDates, useLocale, useLocalized, useT } from '@/platform/i18n';
import { a11y, Badge, Button, Card, Notice } from '@/ui';
import { type AtWindow, type Choice, letsIn, type Seen } from './use-window';
import { VerdictBanner } from './verdict';

/** After a scan: who it is, what is due here, and one tap to use it. */
export function SeenCode({ seen, at }: { seen: Seen; at: AtWindow }) {
  const t = useT(staffTexts);
  const usable = seen.choices.filter((choice) => letsIn(choice.verdict));
  const [chosen, choose] = useState(() => (usable.find(isBooked) ?? usable[0])?.channelId);
  const choice = usable.find((one) => one.channelId === chosen);
  return (
    <>
      <VerdictBanner verdict={seen.verdict} />
      {seen.holder ? <Holder seen={seen} holder={seen.holder} /> : null}
      {seen.choices.length > 0 ? (
        <View>
          <View className="section-head">
            <View className="h2">{t(usable.length > 1 ? 'chooseDue' : 'dues')}</View>
          </View>
          <View className="stack stack--tight" {...a11y({ role: 'radiogroup', label: t('chooseDue') })}>
            {seen.choices.map((one) => (
              <ChoiceCard
                key={one.channelId}
                choice={one}
                on={one.channelId === chosen}
                onChoose={() => choose(one.channelId)}
              />
            ))}
          </View>
        </View>
      ) : null}
      {choice ? (
        <UseIt key={choice.channelId} seen={seen} choice={choice} at={at} />
      ) : (
        <Button icon="scan" onTap={at.reset}>
          {t('again')}
        </Button>
      )}
    </>
  );
}

const isBooked = (choice: Choice) => Boolean(choice.due?.booking);

function Holder({ seen, holder }: { seen: Seen; holder: NonNullable<Seen['holder']> }) {
  const t = useT(staffTexts);
  const words = useT(cardsTexts);
  const dates = useDates();
  return (
    <Card>
      <View className="row" style={{ flexWrap: 'wrap', gap: '8px' }}>
        <View className="window-name">{holder.maskedName}</View>
        <Badge tone={holder.cardKind === 'youth' ? 'ok' : 'gold'}>
          {words(holder.cardKind === 'youth' ? 'youthCard' : 'talentCard')}
          {holder.cardClass ? ` · ${words('class', { class: holder.cardClass })}` : ''}
        </Badge>
      </View>
      {holder.tail ? (
        <View className="window-facts">
          {t('tail')} <View className="window-tail">{holder.tail}</View>
          {holder.validUntil ? ` · ${t('validUntil')} ${dates.fullDay(holder.validUntil)}` : ''}
        </View>
      ) : null}
      {seen.online ? null : (
        <View className="row" style={{ flexWrap: 'wrap', gap: '8px', marginTop: '8px' }}>
          <Badge tone="warn">{t('leftUnknown')}</Badge>
          <Badge tone="warn">{t('compare')}</Badge>
        </View>
      )}
    </Card>
  );
}

interface ChoiceCardProps {
  choice: Choice;
  on: boolean;
  onChoose: () => void;
}
function ChoiceCard({ choice, on, onChoose }: ChoiceCardProps) {
  const localized = useLocalized();
  const titles = useT(verdictTitles);
  const open = letsIn(choice.verdict);
  const className = ['due', 'check', on && open && 'due--on', !open && 'due--off'].filter(Boolean).join(' ');
  return (
    <View
      className={className}
      {...(open
        ? { onClick: onChoose, ...a11y({ role: 'radio', checked: on, focusable: true }) }
        : a11y({ disabled: true }))}
    >
      <View className={`due__dot due__dot--${VERDICT_COLOURS[choice.verdict]}`} />
      <View className="grow">
        <View className="due__name">{localized(choice.name)}</View>
        {open ? null : <View className="due__why">{titles(choice.verdict)}</View>}
        <DueFacts choice={choice} />
      </View>
    </View>
  );
}

/** What is left, when it comes back, the booking of today, and each unmet condition. */
function DueFacts({ choice }: { choice: Choice }) {
  const t = useT(staffTexts);
  const dates = useDates();
  const locale = useLocale((state) => state.locale);
  const { due } = choice;
  if (!due) return choice.bookingRequired ? <View className="small">{t('bookingUnknown')}</View> : null;
  const left = due.left === null ? t('noLimit') : t('left', { n: due.left });
  return (
    <>
      <View className="small">
        {left}
        {due.renewsOn && due.left === 0 ? ` · ${t('renewsOn', { day: dates.day(due.renewsOn) })}` : ''}
        {due.discountPercent ? ` · ${t('discount', { n: due.discountPercent })}` : ''}
      </View>
      {due.booking ? (
        <View className="due__booking">
          {t('booked', {
            span: `${dates.time(due.booking.startsAt)}–${dates.time(due.booking.endsAt)}`,
            number: due.booking.number,
          })}
          {due.booking.arrivedAt ? ` · ${t('arrivedAt', { time: dates.time(due.booking.arrivedAt) })}` : ''}
        </View>
      ) : null}
      {due.bookingRequired && !due.booking ? <View className="due__why">{t('bookingNeeded')}</View> : null}
      {due.conditions.map((condition) => (
        <View className="small" key={condition.code}>
          {nameCondition(condition.code, locale)}
          {locale === 'en' ? ': ' : '：'}
          {explainCondition(condition, locale)}
        </View>
      ))}
    </>
  );
}

function UseIt({ seen, choice, at }: { seen: Seen; choice: Choice; at: AtWindow }) {
  const t = useT(staffTexts);
  const localized = useLocalized();
  const locale = useLocale((state) => state.locale);
  const booked = choice.due?.booking?.companions ?? 0;
  const [companions, setCompanions] = useState(Math.min(booked, choice.companions));
  const name = localized(choice.name);
  const party = 1 + companions;
  const words = seen.online
    ? t(companions > 0 ? 'useParty' : 'use', { name, n: party })
    : t(companions > 0 ? 'useOfflineParty' : 'useOffline', { name, n: party });
  // What is no answer of the service came from the phone's storage.
  const said = at.error instanceof ApiError ? explain(at.error, locale) : t('notKept');
  const whyNot = at.unanswered ? t('noAnswer') : said;
  return (
    <>
      {choice.companions > 0 ? (
        <Card>
          <View className="row">
            <View className="grow">
              <View className="strong">{t('companions')}</View>
              <View className="small">{t('companionsMost', { n: choice.companions })}</View>
            </View>
            <Stepper
              value={companions}
              most={choice.companions}
              onChange={setCompanions}
              fewer={t('fewer')}
              more={t('more')}
            />
          </View>
        </Card>
      ) : null}
      {at.error ? (
        <Notice tone="danger" alert>
          {whyNot}
        </Notice>
      ) : null}
      <View className="window-acts">
        <Button pending={at.pending} onTap={() => at.letIn(choice, companions)}>
          {words}
        </Button>
      </View>
      <View className="btns">
        {at.unanswered ? (
          <Button kind="ghost" disabled={at.pending} onTap={() => at.letInOffline(choice, companions)}>
            {t('insteadOffline')}
          </Button>
        ) : null}
        <Button kind="text" disabled={at.pending} onTap={at.reset}>
          {t('again')}
        </Button>
      </View>
    </>
  );
}
