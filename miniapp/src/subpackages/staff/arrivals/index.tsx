import type { AdminBooking, Arrivals } from '@talent-card/shared/bookings/schema';
import { View } from '@tarojs/components';
import { useState } from 'react';
import '../staff.scss';
import { explain } from '@/i18n/errors';
import { staffTexts } from '@/i18n/staff';
import { useDates, useLocale, useLocalized, useT } from '@/platform/i18n';
import { back, replace } from '@/platform/navigation';
import { useSubmit } from '@/platform/use-submit';
import { Badge, Button, Card, Cell, Cells, Empty, Input, Loaded, Notice, Page, type Tone, toast } from '@/ui';
import { useClerk } from '../clerk';
import { useKit } from '../kit';
import { checkInByNumber, useArrivals } from '../todays-bookings';

/** Who comes today, and checking in by number where a code does not scan. */
export default function ArrivalsPage() {
  const t = useT(staffTexts);
  const { clerk, venueId } = useClerk();
  const { kit } = useKit();
  const [only] = kit?.venues ?? [];
  const venue = venueId ?? (kit?.venues.length === 1 ? only?.venueId : undefined);
  return (
    <Page title={t('arrivalsTitle')}>
      {clerk && venue ? (
        <Content venueId={venue} />
      ) : (
        <Empty title={t('chooseVenue')} action={{ label: t('back'), onTap: () => replace('staff') }} />
      )}
    </Page>
  );
}

function Content({ venueId }: { venueId: string }) {
  const t = useT(staffTexts);
  const arrivals = useArrivals(venueId);
  return (
    <>
      <ByNumber venueId={venueId} />
      <Loaded
        query={arrivals}
        empty={{
          when: (data) => data.slots.every((slot) => slot.bookings.length === 0),
          show: (
            <Empty
              title={t('arrivalsEmpty')}
              text={t('arrivalsEmptyText')}
              action={{ label: t('back'), onTap: back }}
            />
          ),
        }}
      >
        {(data) => <Slots venueId={venueId} arrivals={data} />}
      </Loaded>
    </>
  );
}

const NUMBER = /^\d{8}$/;

function ByNumber({ venueId }: { venueId: string }) {
  const t = useT(staffTexts);
  const locale = useLocale((state) => state.locale);
  const [number, setNumber] = useState('');
  const [wrong, setWrong] = useState(false);
  const { submit, pending, error } = useSubmit(checkInByNumber);
  const checkIn = async () => {
    setWrong(!NUMBER.test(number));
    if (!NUMBER.test(number)) return;
    const booking = await submit({ venueId, number });
    if (!booking) return;
    setNumber('');
    toast(t('checkedIn', { name: booking.holder.maskedName }));
  };
  return (
    <Card>
      <View className="stack">
        <Input
          label={t('number')}
          hint={t('numberHint')}
          value={number}
          keyboard="number"
          maxLength={8}
          onChange={(value) => {
            setNumber(value.trim());
            setWrong(false);
          }}
          onEnter={() => void checkIn()}
          error={wrong ? t('numberWrong') : null}
        />
        {error ? (
          <Notice tone="danger" alert>
            {explain(error, locale)}
          </Notice>
        ) : null}
        <Button pending={pending} disabled={number === ''} onTap={() => void checkIn()}>
          {t('checkIn')}
        </Button>
      </View>
    </Card>
  );
}

function Slots({ venueId, arrivals }: { venueId: string; arrivals: Arrivals }) {
  const t = useT(staffTexts);
  const dates = useDates();
  const localized = useLocalized();
  const slots = arrivals.slots.filter((slot) => slot.bookings.length > 0);
  return (
    <>
      {slots.map((slot) => {
        const coming = slot.bookings.filter(isComing);
        const here = coming.filter((booking) => booking.status === 'arrived').length;
        return (
          <View key={slot.slotId}>
            <View className="section-head">
              <View className="h2">
                {dates.time(slot.startsAt)}–{dates.time(slot.endsAt)} · {localized(slot.channel.name)}
              </View>
              <View className="small">{t('arrivedOf', { n: here, all: coming.length })}</View>
            </View>
            <Cells>
              {slot.bookings.map((booking) => (
                <Arrival key={booking.bookingId} venueId={venueId} booking={booking} />
              ))}
            </Cells>
          </View>
        );
      })}
    </>
  );
}

const isComing = ({ status }: AdminBooking) =>
  status === 'booked' || status === 'arrived' || status === 'held';

const TONES: Record<AdminBooking['status'], Tone> = {
  held: 'warn',
  booked: 'info',
  arrived: 'ok',
  cancelled: 'quiet',
  'no-show': 'danger',
  excused: 'quiet',
  lapsed: 'quiet',
};

function Arrival({ venueId, booking }: { venueId: string; booking: AdminBooking }) {
  const t = useT(staffTexts);
  const locale = useLocale((state) => state.locale);
  const { submit, pending, error } = useSubmit(checkInByNumber);
  const { holder, number, companions, status } = booking;
  const checkIn = async () => {
    if (await submit({ venueId, number })) toast(t('checkedIn', { name: holder.maskedName }));
  };
  return (
    <View>
      <Cell
        title={holder.maskedName}
        note={`${number}${companions > 0 ? ` · ${t('party', { n: 1 + companions })}` : ''}`}
        end={
          status === 'booked' ? (
            <Button small pending={pending} label={`${t('checkIn')} ${number}`} onTap={() => void checkIn()}>
              {t('checkIn')}
            </Button>
          ) : (
            <Badge tone={TONES[status]}>{t(`booking-${status}`)}</Badge>
          )
        }
      />
      {error ? (
        <Notice tone="danger" alert>
          {explain(error, locale)}
        </Notice>
      ) : null}
    </View>
  );
}
