import type { AdminChannel, BookingRules, WriteChannel } from '@talent-card/shared/channels/schema';

/** What the form holds: as the contract, but texts that may be left out are always there to be typed into. */
export type ChannelValues = Omit<
  WriteChannel,
  'version' | 'status' | 'companionRule' | 'officialLink' | 'sensitive' | 'documentNumber' | 'fundingGroup'
> & {
  companionRule: { zh: string; en: string };
  officialLink: string;
  sensitive: 'none' | 'health' | 'minor';
  documentNumber: string;
  fundingGroup: string;
};

export const USUAL_BOOKING: BookingRules = {
  opensDaysAhead: 14,
  opensAt: '08:00',
  leadMinutes: 120,
  cancelMinutes: 240,
  rescheduleMinutes: 240,
  graceMinutes: 15,
  reviewed: false,
  offerMinutes: 30,
};

const blank = () => ({ zh: '', en: '' });

export function emptyValues(number: number): ChannelValues {
  return {
    number,
    group: 'travel',
    use: 'code',
    name: blank(),
    summary: blank(),
    provider: blank(),
    blocks: { content: blank(), who: blank(), flow: blank(), limit: blank(), window: blank() },
    venueIds: [],
    hotline: '',
    officialLink: '',
    companionRule: blank(),
    booking: null,
    offline: 'allowed',
    sensitive: 'none',
    audience: { provincialCard: false, foreignersOnly: false },
    fundingGroup: '',
    perVenue: false,
    documentNumber: '',
  };
}

export function valuesOf(channel: AdminChannel): ChannelValues {
  const { channelId: _id, version: _v, demo: _d, terms: _t, mayEdit: _m, status: _s, ...rest } = channel;
  return {
    ...rest,
    companionRule: channel.companionRule ?? blank(),
    officialLink: channel.officialLink ?? '',
    sensitive: channel.sensitive ?? 'none',
    documentNumber: channel.documentNumber ?? '',
    fundingGroup: channel.fundingGroup ?? '',
  };
}

const trimmed = (text: { zh: string; en: string }) => ({ zh: text.zh.trim(), en: text.en.trim() });

export function bodyOf(
  values: ChannelValues,
  status: WriteChannel['status'],
  version: number | undefined,
): WriteChannel {
  const rule = trimmed(values.companionRule);
  return {
    ...values,
    ...(version === undefined ? {} : { version }),
    status,
    name: trimmed(values.name),
    companionRule: rule.zh ? rule : null,
    officialLink: values.officialLink.trim() || null,
    sensitive: values.sensitive === 'none' ? null : values.sensitive,
    documentNumber: values.documentNumber.trim() || null,
    fundingGroup: values.fundingGroup.trim() || null,
    booking: values.use === 'book' ? { ...USUAL_BOOKING, ...values.booking } : null,
  };
}
