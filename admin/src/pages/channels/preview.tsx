import { CHANNEL_GROUP_NAMES } from '@talent-card/shared/channels/channel-groups';
import type { ChannelTerms } from '@talent-card/shared/channels/schema';
import type { Locale } from '@talent-card/shared/common/locale';
import { Segmented, Select } from 'antd';
import { useState } from 'react';
import { formatNumber, today } from '../../components/format.js';
import { channelActionTexts, channelsTexts, quotaLimitTexts } from '../../i18n/channels.js';
import { textOf, useText } from '../../i18n/index.js';
import { useVenues } from '../../services/directory.js';
import { useSettings } from '../../settings.js';
import { type Row, rowsOf, termsOn } from './terms.js';
import type { ChannelValues } from './values.js';
import { isAlone, useRowWords } from './words.js';

const BLOCKS = ['content', 'who', 'flow', 'limit', 'window'] as const;

interface Props {
  values: ChannelValues;
  terms: readonly ChannelTerms[];
}

/** The channel as its page in the mini-program, while it is written: in either language, for any kind of holder. */
export function Preview({ values, terms }: Props) {
  const t = useText(channelsTexts);
  const rowWords = useRowWords();
  const own = useSettings((settings) => settings.locale);
  const [locale, setLocale] = useState<Locale>(own);
  const [as, setAs] = useState<string | null>(null);
  const rows = rowsOf(terms);
  const row = rows.find((one) => one.key === as) ?? rows[0];
  return (
    <aside className="panel preview" aria-label={t('preview')}>
      <div className="panel-head">
        <h2>{t('preview')}</h2>
        <Segmented<Locale>
          size="small"
          value={locale}
          onChange={setLocale}
          options={[
            { value: 'zh-CN', label: '中文' },
            { value: 'en', label: 'EN' },
          ]}
        />
      </div>
      {rows.length > 0 && row ? (
        <Select
          aria-label={t('previewAs')}
          value={row.key}
          onChange={setAs}
          style={{ width: '100%', marginBottom: 12 }}
          options={rows.map((one) => ({ value: one.key, label: rowWords(one, isAlone(one, rows)) }))}
        />
      ) : null}
      <Phone values={values} terms={terms} row={row} locale={locale} />
    </aside>
  );
}

function Phone({ values, terms, row, locale }: Props & { row: Row | undefined; locale: Locale }) {
  const t = textOf(channelsTexts, locale);
  const limit = textOf(quotaLimitTexts, locale);
  const action = textOf(channelActionTexts, locale);
  const venues = useVenues();
  const language = locale === 'en' ? 'en' : 'zh';
  const pick = (text: { zh?: string; en?: string } | undefined) => text?.[language] ?? '';
  const cell = row ? termsOn(terms, row, today()) : undefined;
  const [first, ...others] = cell?.limits ?? [];
  const extras = cell
    ? [
        ...others.map(({ window, most }) => limit(window, { most: formatNumber(most, locale) })),
        ...(cell.companions > 0 ? [t('companionsShort', { count: cell.companions })] : []),
        ...(cell.discountPercent ? [t('discountShort', { percent: cell.discountPercent })] : []),
        ...(cell.capCents ? [t('capShort', { amount: formatNumber(cell.capCents / 100, locale) })] : []),
      ]
    : [];
  const places = (venues.data?.items ?? []).filter((venue) => values.venueIds?.includes(venue.venueId));
  return (
    <div className="phone" lang={locale}>
      <div className="phone-head">
        <span className="small">{CHANNEL_GROUP_NAMES[values.group ?? 'general'][language]}</span>
        <strong>{pick(values.name) || '—'}</strong>
        <span className="small">{pick(values.summary)}</span>
      </div>
      <div className={cell ? 'phone-due' : 'phone-due none'}>
        <b>
          {cell
            ? first
              ? limit(first.window, { most: formatNumber(first.most, locale) })
              : t('previewUnlimited')
            : t('previewClosed')}
        </b>
        <span className="small">{cell ? extras.join(' · ') : t('previewClosedText')}</span>
      </div>
      <dl className="phone-blocks">
        {BLOCKS.map((block) => (
          <div key={block}>
            <dt>{t(block)}</dt>
            <dd>{pick(values.blocks?.[block]) || <span className="quiet">{t('previewNothing')}</span>}</dd>
          </div>
        ))}
        {pick(values.companionRule) ? (
          <div>
            <dt>{t('companionRule')}</dt>
            <dd>{pick(values.companionRule)}</dd>
          </div>
        ) : null}
        {places.length > 0 ? (
          <div>
            <dt>{t('previewVenues')}</dt>
            {places.map((venue) => (
              <dd key={venue.venueId}>
                {venue.name[language]} · <span className="num">{values.hotline || venue.phone}</span>
              </dd>
            ))}
          </div>
        ) : null}
      </dl>
      <div className="phone-do">{action(values.use ?? 'code')}</div>
    </div>
  );
}
