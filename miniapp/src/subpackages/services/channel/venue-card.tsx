import type { Channel } from '@talent-card/shared/channels/schema';
import type { VenueDay } from '@talent-card/shared/venues/schema';
import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useState } from 'react';
import { channelTexts } from '@/i18n/channel';
import { openingAt, unusualClosings } from '@/parts/opening';
import { callNumber, isOnMap, openMap } from '@/parts/place';
import { useDates, useLocalized, useT } from '@/platform/i18n';
import { useNow } from '@/platform/use-now';
import { a11y, Badge, Button, Card, DemoMark, Icon, Notice, toast } from '@/ui';

type Venue = Channel['venues'][number];
const MINUTE = 60_000;

/** One place of a channel: whether it is open now, when next, how to get there. */
export function VenueCard({ venue }: { venue: Venue }) {
  const t = useT(channelTexts);
  const localized = useLocalized();
  const [unfolded, setUnfolded] = useState(false);
  const name = localized(venue.name);
  const address = localized(venue.address);
  const copy = async () => {
    await Taro.setClipboardData({ data: address });
    toast(t('addressCopied'));
  };
  return (
    <Card>
      <View className="row">
        <View className="h2 grow">{name}</View>
        {venue.demo ? <DemoMark /> : null}
      </View>
      <OpeningLine days={venue.days} />
      <View className="muted">{address}</View>
      <Ahead days={venue.days} />
      {venue.notice ? (
        <View className="ch-gap">
          <Notice tone="warn">{localized(venue.notice)}</Notice>
        </View>
      ) : null}
      <View
        className="link"
        onClick={() => setUnfolded(!unfolded)}
        {...a11y({ role: 'button', focusable: true })}
      >
        {t('hours')}
        <View className={unfolded ? 'ch-arrow ch-arrow--up' : 'ch-arrow'}>
          <Icon name="down" size={18} colour="sea" />
        </View>
      </View>
      {unfolded ? <Week days={venue.days} /> : null}
      <View className="ch-acts">
        {isOnMap(venue) ? (
          <Button
            kind="ghost"
            icon="pin"
            label={t('mapOf', { name })}
            onTap={() => openMap({ ...venue, name, address })}
          >
            {t('navigate')}
          </Button>
        ) : (
          <Button kind="ghost" icon="pin" onTap={() => void copy()}>
            {t('copyAddress')}
          </Button>
        )}
        <Button kind="ghost" icon="phone" label={t('call', { name })} onTap={() => callNumber(venue.phone)}>
          {t('callShort')}
        </Button>
      </View>
    </Card>
  );
}

function OpeningLine({ days }: { days: readonly VenueDay[] }) {
  const t = useT(channelTexts);
  const dates = useDates();
  const now = useNow(MINUTE);
  const opening = openingAt(days, now);
  if (!opening) return null;
  if (opening.state === 'open') {
    return <Badge tone="ok">{t('openNow', { time: opening.until })}</Badge>;
  }
  if (opening.state === 'later') {
    return <Badge tone="warn">{t('opensToday', { time: opening.from })}</Badge>;
  }
  const { because, next } = opening;
  const words = [
    t(because ? `closed-${because}` : 'closedNow'),
    next ? t('opensOn', { day: dates.comingDay(next.date), time: next.from }) : t('closedWeek'),
  ];
  return <Badge tone="quiet">{words.join(' · ')}</Badge>;
}

/** Closings out of the usual week, said before somebody goes there. */
function Ahead({ days }: { days: readonly VenueDay[] }) {
  const t = useT(channelTexts);
  const dates = useDates();
  const localized = useLocalized();
  const now = useNow(null);
  return (
    <>
      {unusualClosings(days, now).map(({ date, closedBecause, note }) => (
        <View className="bal bal--warn" key={date}>
          {closedBecause === 'holiday' || !note
            ? t('holidayAhead', { day: dates.comingDay(date) })
            : t('exceptionAhead', { day: dates.comingDay(date), note: localized(note) })}
        </View>
      ))}
    </>
  );
}

function Week({ days }: { days: readonly VenueDay[] }) {
  const t = useT(channelTexts);
  const dates = useDates();
  return (
    <View className="ch-week">
      {days.map(({ date, open }) => (
        <View className="row ch-week__day" key={date}>
          <View className="grow">{dates.comingDay(date)}</View>
          <View className="tabular muted">
            {open.length > 0 ? open.map(({ from, to }) => `${from}–${to}`).join('  ') : t('closedDay')}
          </View>
        </View>
      ))}
    </View>
  );
}
