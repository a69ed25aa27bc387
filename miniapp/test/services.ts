import type { Booking, Slot, SlotWeek, Waiting } from '@talent-card/shared/bookings/schema';
import type { Channel, ChannelSummary, Entitlement } from '@talent-card/shared/channels/schema';
import type { Rating } from '@talent-card/shared/feedback/schema';
import type { ServiceRequest } from '@talent-card/shared/requests/schema';
import type { Use } from '@talent-card/shared/uses/schema';

/** Channels, slots, bookings, uses and requests that a test can begin from. "Now" is 24 November 2026, 09:12 in Weihai. */

export const NOW = new Date('2026-11-24T01:12:00.000Z');
export const CHANNEL_ID = '01JD00000000000000000000H1';
export const VENUE_ID = '01JD00000000000000000000V1';
export const BOOKING_ID = '01JD00000000000000000000B1';
export const WAITING_ID = '01JD00000000000000000000W1';
export const USE_ID = '01JD00000000000000000000S1';
export const RATING_ID = '01JD00000000000000000000R1';
export const REQUEST_ID = '01JD00000000000000000000Q1';
const CARD_ID = '01JD0000000000000000000003';

const channelName = { zh: '机场贵宾候机', en: 'Airport lounge' };
const venueName = { zh: '威海国际机场贵宾厅', en: 'Lounge of Weihai Airport' };

export function summary(over: Partial<ChannelSummary> = {}): ChannelSummary {
  return {
    channelId: CHANNEL_ID,
    number: 3,
    group: 'travel',
    name: channelName,
    summary: { zh: '专人引导，贵宾候机', en: 'Escort and lounge' },
    provider: { zh: '威海机场', en: 'Weihai Airport' },
    use: 'book',
    companions: 1,
    zoneCodes: ['371003'],
    search: '机场贵宾候机 airport lounge ji chang gui bin hou ji jcgbhj',
    demo: true,
    ...over,
  };
}

export function channel(over: Partial<Channel> = {}): Channel {
  const text = (zh: string) => ({ zh, en: 'text' });
  return {
    ...summary(),
    blocks: {
      content: text('贵宾候机、优先安检'),
      who: text('持有效英才卡'),
      flow: text('预约后到前台亮码'),
      limit: text('出发前 2 小时可约'),
      window: text('航站楼二层'),
    },
    venues: [
      {
        venueId: VENUE_ID,
        name: venueName,
        zoneCode: '371003',
        address: { zh: '航站楼二层', en: 'Terminal, second floor' },
        latitude: 37.18,
        longitude: 122.22,
        phone: '0631-000 0000',
        openingHours: [],
        closedOnHolidays: true,
        notice: null,
        demo: true,
        days: [
          { date: '2026-11-24', open: [{ from: '06:00', to: '22:00' }], closedBecause: null, note: null },
        ],
      },
    ],
    hotline: '0631-12345',
    officialLink: null,
    companionRule: null,
    booking: {
      opensDaysAhead: 14,
      opensAt: '08:00',
      leadMinutes: 120,
      cancelMinutes: 60,
      rescheduleMinutes: 120,
      graceMinutes: 15,
      reviewed: false,
      offerMinutes: 30,
    },
    offline: 'allowed',
    sensitive: null,
    documentNumber: null,
    ...over,
  };
}

export function entitlement(over: Partial<Entitlement> = {}): Entitlement {
  return {
    channelId: CHANNEL_ID,
    cardId: CARD_ID,
    entitled: true,
    conditions: [
      {
        code: 'HOLDS_CARD',
        outcome: 'met',
        reason: 'HOLDS_CARD.HELD',
        params: { kind: 'talent', until: '2031-05-20' },
        source: null,
      },
    ],
    limits: [{ window: 'year', most: 12, used: 9, left: 3, renewsOn: '2027-01-01' }],
    left: 3,
    leftWindow: 'year',
    excess: 0,
    companions: 1,
    discountPercent: null,
    capCents: null,
    fundedElsewhere: null,
    ...over,
  };
}

/** A slot of two hours on a day, beginning at an hour of Weihai. */
export function slot(date: string, hour: number, over: Partial<Slot> = {}): Slot {
  const at = (h: number) => new Date(Date.parse(`${date}T00:00:00+08:00`) + h * 3_600_000).toISOString();
  return {
    slotId: `slot-${date}-${hour}`,
    channelId: CHANNEL_ID,
    venueId: VENUE_ID,
    serviceDate: date,
    startsAt: at(hour),
    endsAt: at(hour + 2),
    capacity: 10,
    left: 6,
    classLeft: {},
    waiting: 0,
    state: 'open',
    opensAt: at(-14 * 24),
    bookableUntil: at(hour - 2),
    ...over,
  };
}

export const fullSlot = (date: string, hour: number, over: Partial<Slot> = {}): Slot =>
  slot(date, hour, { left: 0, state: 'full', waiting: 3, ...over });

/** Seven days from the 24th: free tomorrow at 8, 12 and 14, full at 10; closed on the 28th; the 30th not open yet. */
export function week(over: Record<string, Slot[]> = {}): SlotWeek {
  const slots: Record<string, Slot[]> = {
    '2026-11-24': [slot('2026-11-24', 8, { state: 'past' })],
    '2026-11-25': [
      slot('2026-11-25', 8),
      fullSlot('2026-11-25', 10),
      slot('2026-11-25', 12, { left: 1 }),
      slot('2026-11-25', 14),
    ],
    '2026-11-30': [slot('2026-11-30', 8, { state: 'not-yet-open', opensAt: '2026-11-24T01:13:00.000Z' })],
    ...over,
  };
  return {
    days: ['24', '25', '26', '27', '28', '29', '30'].map((day) => {
      const date = `2026-11-${day}`;
      const closed = day === '28';
      return {
        date,
        closedBecause: closed ? 'exception' : null,
        note: closed ? { zh: '设备检修', en: 'Maintenance' } : null,
        slots: slots[date] ?? [],
      };
    }),
  };
}

export function booking(over: Partial<Booking> = {}): Booking {
  return {
    bookingId: BOOKING_ID,
    number: '48210537',
    status: 'booked',
    channel: { channelId: CHANNEL_ID, name: channelName },
    venue: {
      venueId: VENUE_ID,
      name: venueName,
      address: { zh: '航站楼二层', en: 'Terminal, second floor' },
      phone: '0631-000 0000',
    },
    slotId: 'slot-2026-11-25-8',
    serviceDate: '2026-11-25',
    startsAt: '2026-11-25T00:00:00.000Z',
    endsAt: '2026-11-25T02:00:00.000Z',
    companions: 0,
    cancelUntil: '2026-11-24T23:00:00.000Z',
    rescheduleUntil: '2026-11-24T22:00:00.000Z',
    mayCancel: true,
    mayReschedule: true,
    cancelledBy: null,
    reason: null,
    caseId: null,
    appeal: null,
    createdAt: '2026-11-24T01:00:00.000Z',
    version: 1,
    ...over,
  };
}

export function missed(over: Partial<Booking> = {}): Booking {
  return booking({
    status: 'no-show',
    serviceDate: '2026-11-18',
    startsAt: '2026-11-18T00:00:00.000Z',
    endsAt: '2026-11-18T02:00:00.000Z',
    mayCancel: false,
    mayReschedule: false,
    ...over,
  });
}

export function waiting(over: Partial<Waiting> = {}): Waiting {
  return {
    waitingId: WAITING_ID,
    status: 'waiting',
    channel: { channelId: CHANNEL_ID, name: channelName },
    venue: { venueId: VENUE_ID, name: venueName },
    slotId: 'slot-2026-11-25-10',
    startsAt: '2026-11-25T02:00:00.000Z',
    endsAt: '2026-11-25T04:00:00.000Z',
    companions: 0,
    ahead: 2,
    kept: 0,
    inOrderUntil: null,
    offeredUntil: null,
    reason: null,
    bookingId: null,
    createdAt: '2026-11-24T01:00:00.000Z',
    ...over,
  };
}

export const offered = (over: Partial<Waiting> = {}): Waiting =>
  waiting({ status: 'offered', ahead: 0, offeredUntil: '2026-11-24T01:37:00.000Z', ...over });

export function use(over: Partial<Use> = {}): Use {
  return {
    useId: USE_ID,
    channel: { channelId: CHANNEL_ID, name: channelName },
    venue: { venueId: VENUE_ID, name: venueName },
    at: '2026-11-23T06:30:00.000Z',
    companions: 1,
    status: 'used',
    offline: false,
    bookingId: null,
    left: 3,
    rating: null,
    mayRate: true,
    mayDispute: true,
    dispute: null,
    refundReason: null,
    version: 1,
    ...over,
  };
}

export function rating(over: Partial<Rating> = {}): Rating {
  return {
    ratingId: RATING_ID,
    useId: USE_ID,
    channel: { channelId: CHANNEL_ID, name: channelName },
    venue: { venueId: VENUE_ID, name: venueName },
    grade: 2,
    tags: ['waited-long'],
    comment: '等了四十分钟',
    at: '2026-11-23T08:00:00.000Z',
    callBack: {
      status: 'open',
      dueOn: '2026-12-14',
      answer: null,
      answeredAt: null,
      appeal: null,
      appealAnswer: null,
      mayAppeal: false,
    },
    ...over,
  };
}

export function request(over: Partial<ServiceRequest> = {}): ServiceRequest {
  const step = { zh: '服务专员办理', en: 'With a service officer' };
  return {
    caseId: REQUEST_ID,
    caseNumber: 'R2026-1124-0007',
    type: 'officer-request',
    status: 'in-review',
    submittedAt: '2026-11-24T01:00:00.000Z',
    updatedAt: '2026-11-24T01:00:00.000Z',
    currentStep: step,
    dueOn: '2026-11-27',
    workingDaysLeft: 3,
    overdue: false,
    version: 1,
    channel: { channelId: CHANNEL_ID, name: { zh: '保健医生', en: 'Personal doctor' } },
    bookingId: null,
    form: { subject: '想约长期随访', details: '每季度看一次', mobile: '13806310001' },
    documents: [],
    steps: [
      {
        key: 'officer-request',
        name: step,
        status: 'current',
        workingDays: 3,
        dueOn: '2026-11-27',
        decidedAt: null,
      },
    ],
    timeline: [
      {
        eventId: 'E1',
        kind: 'submitted',
        at: '2026-11-24T01:00:00.000Z',
        stepName: null,
        by: 'applicant',
        office: null,
        note: null,
      },
    ],
    corrections: [],
    answer: null,
    ...over,
  };
}
