import type { AdminBooking, Slot } from '@talent-card/shared/bookings/schema';
import type { AdminChannel } from '@talent-card/shared/channels/schema';
import type { PersonSummary } from '@talent-card/shared/people/schema';
import type { AdminUse } from '@talent-card/shared/uses/schema';
import type { AdminVenue } from '@talent-card/shared/venues/schema';
import { id } from './console.js';

/** Invented rows that several tests share. The day of all of them is 24 November 2026, a Tuesday. */

export const pier: AdminVenue = {
  venueId: id('V1'),
  name: { zh: '刘公岛客运中心', en: 'Liugong Island ferry terminal' },
  zoneCode: '371002',
  address: { zh: '海滨北路 102 号', en: '102 Haibin North Road' },
  latitude: 37.5,
  longitude: 122.13,
  phone: '0631-0000001',
  openingHours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '17:00' })),
  closedOnHolidays: false,
  notice: null,
  demo: true,
  status: 'open',
  version: 3,
  staffCount: 4,
};

export const clinic: AdminVenue = {
  ...pier,
  venueId: id('V2'),
  name: { zh: '市立医院导诊台', en: 'Municipal hospital, guide desk' },
  phone: '0631-0000002',
  closedOnHolidays: true,
};

const text = (zh: string, en: string) => ({ zh, en });

export const ferry: AdminChannel = {
  channelId: id('C1'),
  number: 2,
  group: 'travel',
  use: 'code',
  name: text('刘公岛客轮优先', 'Priority on the Liugong ferry'),
  summary: text('8 号窗优先购票登船', 'Tickets and boarding first at window 8'),
  provider: text('刘公岛客运中心', 'Liugong ferry terminal'),
  blocks: {
    content: text('优先购票登船', 'Tickets and boarding first'),
    who: text('持卡人', 'Card holders'),
    flow: text('出示英才码', 'Show the code'),
    limit: text('不限次', 'No limit'),
    window: text('8 号窗', 'Window 8'),
  },
  venueIds: [pier.venueId],
  hotline: '0631-12345',
  officialLink: null,
  companionRule: null,
  booking: null,
  offline: 'allowed',
  sensitive: null,
  audience: { provincialCard: false, foreignersOnly: false },
  fundingGroup: null,
  perVenue: false,
  documentNumber: null,
  status: 'published',
  version: 5,
  demo: true,
  terms: [
    {
      cardKind: 'talent',
      cardClass: null,
      effectiveFrom: '2026-01-01',
      effectiveTo: null,
      limits: [],
      companions: 1,
      discountPercent: null,
      capCents: null,
    },
  ],
  mayEdit: true,
};

export const checkup: AdminChannel = {
  ...ferry,
  channelId: id('C2'),
  number: 9,
  group: 'medical',
  use: 'book',
  name: text('专家预约陪诊', 'Escort to a specialist'),
  venueIds: [clinic.venueId],
  booking: {
    opensDaysAhead: 14,
    opensAt: '08:00',
    leadMinutes: 120,
    cancelMinutes: 240,
    rescheduleMinutes: 240,
    graceMinutes: 15,
    reviewed: false,
    offerMinutes: 30,
  },
  offline: 'online-only',
  sensitive: 'health',
};

export const holder: PersonSummary = {
  personId: id('P1'),
  maskedName: '林**',
  identityType: 'resident-id',
  maskedIdentityNumber: '3710**********2418',
  zoneCode: '371002',
};

export const booking: AdminBooking = {
  bookingId: id('B1'),
  number: '20481377',
  status: 'booked',
  channel: { channelId: checkup.channelId, name: checkup.name },
  venue: { venueId: clinic.venueId, name: clinic.name, address: clinic.address, phone: clinic.phone },
  slotId: id('S1'),
  serviceDate: '2026-11-24',
  // 14:30 to 15:00 in Weihai.
  startsAt: '2026-11-24T06:30:00.000Z',
  endsAt: '2026-11-24T07:00:00.000Z',
  companions: 1,
  cancelUntil: '2026-11-24T02:30:00.000Z',
  rescheduleUntil: '2026-11-24T02:30:00.000Z',
  mayCancel: true,
  mayReschedule: true,
  cancelledBy: null,
  reason: null,
  caseId: null,
  appeal: null,
  createdAt: '2026-11-20T02:00:00.000Z',
  version: 2,
  holder,
  cardNumber: '3710082100634184',
  cardClass: 'A',
};

export const slot = (end: string, over: Partial<Slot> = {}): Slot => ({
  slotId: id(end),
  channelId: checkup.channelId,
  venueId: clinic.venueId,
  serviceDate: '2026-11-24',
  startsAt: '2026-11-24T06:30:00.000Z',
  endsAt: '2026-11-24T07:00:00.000Z',
  capacity: 10,
  left: 6,
  classLeft: {},
  waiting: 0,
  state: 'open',
  opensAt: '2026-11-10T00:00:00.000Z',
  bookableUntil: '2026-11-24T04:30:00.000Z',
  ...over,
});

export const use: AdminUse = {
  useId: id('U1'),
  channel: { channelId: ferry.channelId, name: ferry.name },
  venue: { venueId: pier.venueId, name: pier.name },
  at: '2026-11-24T01:12:00.000Z',
  companions: 1,
  status: 'used',
  offline: false,
  bookingId: null,
  left: null,
  rating: null,
  mayRate: false,
  mayDispute: false,
  dispute: null,
  refundReason: null,
  version: 1,
  holder,
  cardClass: 'A',
  recordedBy: '孙丽',
  clerkRevokedAt: null,
  settleReason: null,
  settledNote: null,
};
