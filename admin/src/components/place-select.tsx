import { Select, type SelectProps } from 'antd';
import { commonTexts } from '../i18n/common.js';
import { useLocalized, useText } from '../i18n/index.js';
import { useChannels, useVenues } from '../services/directory.js';

const SEARCH = { optionFilterProp: 'label' } as const;

/** One venue, or several with `mode="multiple"`, by name. Closed venues stay choosable: their past is looked at. */
export function VenueSelect<T extends string | string[] = string>(props: SelectProps<T>) {
  const c = useText(commonTexts);
  const localized = useLocalized();
  const venues = useVenues();
  return (
    <Select<T>
      placeholder={c('venue')}
      aria-label={c('venue')}
      loading={venues.isPending}
      showSearch={SEARCH}
      popupMatchSelectWidth={false}
      options={(venues.data?.items ?? []).map((venue) => ({
        value: venue.venueId,
        label: localized(venue.name),
      }))}
      {...props}
    />
  );
}

export function ChannelSelect<T extends string | string[] = string>(props: SelectProps<T>) {
  const c = useText(commonTexts);
  const localized = useLocalized();
  const channels = useChannels();
  const sorted = [...(channels.data?.items ?? [])].sort((a, b) => a.number - b.number);
  return (
    <Select<T>
      placeholder={c('channel')}
      aria-label={c('channel')}
      loading={channels.isPending}
      showSearch={SEARCH}
      popupMatchSelectWidth={false}
      options={sorted.map((channel) => ({
        value: channel.channelId,
        label: `${channel.number} ${localized(channel.name)}`,
      }))}
      {...props}
    />
  );
}
