import { PlusOutlined } from '@ant-design/icons';
import {
  CHANNEL_GROUP_NAMES,
  CHANNEL_GROUPS,
  CHANNEL_USES,
} from '@talent-card/shared/channels/channel-groups';
import type { AdminChannel } from '@talent-card/shared/channels/schema';
import { Button } from 'antd';
import { Link, useNavigate } from 'react-router';
import { useMay } from '../../access.js';
import { ChannelStateChip, DemoMark } from '../../components/chips.js';
import { ChoiceFilter, FilterBar, SearchFilter, VenueFilter } from '../../components/filter-bar.js';
import { useFilters } from '../../components/filters.js';
import { today } from '../../components/format.js';
import { ListTable } from '../../components/list-table.js';
import { Empty } from '../../components/states.js';
import { channelStateTexts, channelsTexts, channelUseTexts } from '../../i18n/channels.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { useChannels, useVenueName } from '../../services/directory.js';
import { wholeList } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { phaseOf, rowsOf } from './terms.js';
import { isAlone, useRowWords, useTermsWords } from './words.js';

const FILTERS = ['q', 'group', 'use', 'status', 'venueId'] as const;
const STATES = ['draft', 'published', 'withdrawn'] as const satisfies readonly AdminChannel['status'][];

export default function ChannelsPage() {
  const t = useText(channelsTexts);
  const c = useText(commonTexts);
  const use = useText(channelUseTexts);
  const localized = useLocalized();
  const navigate = useNavigate();
  const may = useMay();
  const channels = useChannels();
  const { filters } = useFilters(FILTERS);
  const rows = [...(channels.data?.items ?? [])]
    .filter((channel) => matches(channel, filters))
    .sort((a, b) => a.number - b.number);
  const add = may('channels.edit') ? (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => void navigate('/channels/new')}>
      {t('create')}
    </Button>
  ) : null;
  return (
    <PageFrame title={c('channels')} aside={add}>
      <div className="panel">
        <ChannelFilters />
        <ListTable<AdminChannel>
          label={t('listLabel')}
          pages={wholeList(channels, rows)}
          rowKey={(channel) => channel.channelId}
          onRow={(channel) => void navigate(`/channels/${channel.channelId}`)}
          filters={FILTERS}
          empty={
            <Empty title={t('emptyTitle')} action={add}>
              {t('emptyText')}
            </Empty>
          }
          columns={[
            { title: t('number'), dataIndex: 'number', className: 'num', width: 56 },
            {
              title: t('name'),
              key: 'name',
              width: 230,
              render: (_, channel) => (
                <div className="clip">
                  <Link to={`/channels/${channel.channelId}`}>{localized(channel.name)}</Link>{' '}
                  {channel.demo ? <DemoMark /> : null}
                  <div className="small quiet">{localized(channel.provider)}</div>
                </div>
              ),
            },
            {
              title: t('group'),
              dataIndex: 'group',
              render: (group: AdminChannel['group'], channel) => (
                <>
                  <div>{localized(CHANNEL_GROUP_NAMES[group])}</div>
                  <div className="small quiet">{use(channel.use)}</div>
                </>
              ),
            },
            { title: t('offer'), key: 'offer', render: (_, channel) => <Offer channel={channel} /> },
            { title: t('venues'), key: 'venues', render: (_, channel) => <Venues channel={channel} /> },
            {
              title: c('status'),
              dataIndex: 'status',
              render: (status: AdminChannel['status']) => <ChannelStateChip state={status} />,
            },
          ]}
        />
      </div>
    </PageFrame>
  );
}

function matches(channel: AdminChannel, filters: Partial<Record<(typeof FILTERS)[number], string>>): boolean {
  const words = [channel.number, channel.name.zh, channel.name.en, channel.provider.zh, channel.provider.en]
    .join(' ')
    .toLowerCase();
  return (
    (!filters.q || words.includes(filters.q.toLowerCase())) &&
    (!filters.group || channel.group === filters.group) &&
    (!filters.use || channel.use === filters.use) &&
    (!filters.status || channel.status === filters.status) &&
    (!filters.venueId || channel.venueIds.includes(filters.venueId))
  );
}

/** What is in force today, a line for each kind of holder. */
function Offer({ channel }: { channel: AdminChannel }) {
  const t = useText(channelsTexts);
  const wordsOf = useTermsWords();
  const rowWords = useRowWords();
  const day = today();
  const rows = rowsOf(channel.terms);
  const lines = rows.flatMap((row) => {
    const cell = channel.terms.find(
      (one) =>
        one.cardKind === row.cardKind && one.cardClass === row.cardClass && phaseOf(one, day) === 'now',
    );
    return cell ? [{ row, words: wordsOf(cell).join(' · ') }] : [];
  });
  if (lines.length === 0) return <span className="care">{t('gapNow')}</span>;
  return (
    <ul className="small clip" style={{ maxWidth: 200 }}>
      {lines.slice(0, 3).map(({ row, words }) => (
        <li key={row.key}>
          <span className="quiet">{rowWords(row, isAlone(row, rows))}</span> {words}
        </li>
      ))}
      {lines.length > 3 ? <li className="quiet">+{lines.length - 3}</li> : null}
    </ul>
  );
}

function Venues({ channel }: { channel: AdminChannel }) {
  const t = useText(channelsTexts);
  const nameOf = useVenueName();
  if (channel.venueIds.length === 0) return <span className="quiet">{t('noVenue')}</span>;
  const names = channel.venueIds.map(nameOf);
  return (
    <div className="small clip" style={{ maxWidth: 130 }} title={names.join(' · ')}>
      {names.slice(0, 2).join(' · ')}
      {names.length > 2 ? <span className="quiet"> +{names.length - 2}</span> : null}
    </div>
  );
}

function ChannelFilters() {
  const t = useText(channelsTexts);
  const c = useText(commonTexts);
  const use = useText(channelUseTexts);
  const state = useText(channelStateTexts);
  const localized = useLocalized();
  return (
    <FilterBar names={FILTERS}>
      <SearchFilter placeholder={t('searchPlaceholder')} width={240} maxLength={60} />
      <ChoiceFilter
        name="group"
        label={t('group')}
        values={CHANNEL_GROUPS}
        words={(group) => localized(CHANNEL_GROUP_NAMES[group])}
      />
      <ChoiceFilter name="use" label={t('use')} values={CHANNEL_USES} words={use} width={130} />
      <ChoiceFilter name="status" label={c('status')} values={STATES} words={state} />
      <VenueFilter />
    </FilterBar>
  );
}
