import { useAdminRoutes } from '@talent-card/shared/uses/routes';
import type { AdminUse } from '@talent-card/shared/uses/schema';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { useMay } from '../../access.js';
import { UseStateChip } from '../../components/chips.js';
import { dayOf, formatInstant } from '../../components/format.js';
import { Failure, PanelSkeleton } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { usesTexts } from '../../i18n/uses.js';
import { useChannelById } from '../../services/directory.js';
import { usePages, useRead } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { phaseOf, termsOn } from '../channels/terms.js';
import { useRowWords, useTermsWords } from '../channels/words.js';
import { Decision } from './decision.js';

export default function UsePage() {
  const { useId = '' } = useParams();
  const c = useText(commonTexts);
  const use = useRead(useAdminRoutes.detail, { params: { useId } });
  if (use.data) return <UseView use={use.data} />;
  return (
    <PageFrame title={c('details')} crumbs={[{ label: c('uses'), to: '/uses' }]}>
      {use.isError ? (
        <Failure error={use.error} onRetry={() => void use.refetch()} />
      ) : (
        <PanelSkeleton rows={10} />
      )}
    </PageFrame>
  );
}

function UseView({ use }: { use: AdminUse }) {
  const c = useText(commonTexts);
  const localized = useLocalized();
  return (
    <PageFrame
      title={`${use.holder.maskedName} · ${localized(use.channel.name)}`}
      crumbs={[{ label: c('uses'), to: '/uses' }]}
      aside={<UseStateChip state={use.status} />}
    >
      <div className="two-panels">
        <div className="stack">
          <Facts use={use} />
          <SameDay use={use} />
        </div>
        <Decision key={`${use.useId} ${use.status}`} use={use} />
      </div>
    </PageFrame>
  );
}

/** Everything that is known of the use, for whoever decides beside it. */
function Facts({ use }: { use: AdminUse }) {
  const t = useText(usesTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const may = useMay();
  const { holder } = use;
  const rows: [string, ReactNode][] = [
    [
      t('holder'),
      <>
        {may('people.read') ? (
          <Link to={`/people/${holder.personId}`}>{holder.maskedName}</Link>
        ) : (
          holder.maskedName
        )}
        {use.cardClass ? ` · ${use.cardClass}` : ''}
        <div className="small quiet num">{holder.maskedIdentityNumber}</div>
      </>,
    ],
    [
      c('channel'),
      <Link key="channel" to={`/channels/${use.channel.channelId}?tab=terms`}>
        {localized(use.channel.name)}
      </Link>,
    ],
    [
      c('venue'),
      <Link key="venue" to={`/venues/${use.venue.venueId}`}>
        {localized(use.venue.name)}
      </Link>,
    ],
    [
      t('at'),
      <strong key="at" className="num">
        {formatInstant(use.at)}
      </strong>,
    ],
    [t('people'), String(use.companions + 1)],
    [t('how'), use.offline ? t('offline') : t('online')],
    [t('recordedBy'), use.recordedBy],
    ...(use.clerkRevokedAt
      ? [
          [
            t('clerkRevoked'),
            <span key="revoked" className="care num">
              {t('clerkRevokedAt', { time: formatInstant(use.clerkRevokedAt) })}
            </span>,
          ] as [string, ReactNode],
        ]
      : []),
    [t('offer'), <OfferOfDay key="offer" use={use} />],
    ...(use.left === null ? [] : [[t('left'), String(use.left)] as [string, ReactNode]]),
    ...(use.bookingId
      ? [
          [
            t('booking'),
            <Link key="booking" to={`/bookings/${use.bookingId}`}>
              {t('openBooking')}
            </Link>,
          ] as [string, ReactNode],
        ]
      : []),
    ...(use.rating
      ? [
          [
            t('rating'),
            <span key="rating">
              {t('grade', { grade: use.rating.grade })}{' '}
              {may('feedback.read') ? <Link to="/ratings?tab=all">{t('openRating')}</Link> : null}
            </span>,
          ] as [string, ReactNode],
        ]
      : []),
    ...(use.settledNote ? [[t('settledNote'), use.settledNote] as [string, ReactNode]] : []),
    ...(use.refundReason ? [[t('refundReason'), use.refundReason] as [string, ReactNode]] : []),
  ];
  return (
    <section className="panel">
      <h2>{t('facts')}</h2>
      <table className="facts">
        <tbody>
          {rows.map(([label, value]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What was due on the day of the use; a class tells no kind of card, so each kind that had something is named. */
function OfferOfDay({ use }: { use: AdminUse }) {
  const t = useText(usesTexts);
  const channelById = useChannelById();
  const wordsOf = useTermsWords();
  const rowWords = useRowWords();
  const channel = channelById(use.channel.channelId);
  if (!channel) return <>—</>;
  const day = dayOf(use.at);
  const lines = (['talent', 'youth'] as const).flatMap((cardKind) => {
    const row = { cardKind, cardClass: use.cardClass };
    const cell = termsOn(channel.terms, row, day);
    return cell && phaseOf(cell, day) === 'now' ? [{ cell, words: wordsOf(cell).join(' · ') }] : [];
  });
  if (lines.length === 0) return <span className="care">{t('offerNone')}</span>;
  return (
    <ul>
      {lines.map(({ cell, words }) => (
        <li key={cell.cardKind}>
          {words} <span className="small quiet">{rowWords(cell, false)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What else the holder used of the channel on that day: a replayed code, or a second tap, shows here. */
function SameDay({ use }: { use: AdminUse }) {
  const t = useText(usesTexts);
  const localized = useLocalized();
  const day = dayOf(use.at);
  const pages = usePages<AdminUse>(
    useAdminRoutes.list,
    { channelId: use.channel.channelId, from: day, to: day },
    { limit: 100 },
  );
  const others = pages.items.filter(
    (other) => other.holder.personId === use.holder.personId && other.useId !== use.useId,
  );
  if (pages.status !== 'ready') return null;
  return (
    <section className="panel">
      <h2>{t('sameDay')}</h2>
      {others.length === 0 ? (
        <p className="quiet">{t('sameDayNone')}</p>
      ) : (
        <ul className="candidates">
          {others.map((other) => (
            <li key={other.useId} className="row wrap">
              <Link to={`/uses/${other.useId}`} className="num">
                {formatInstant(other.at)}
              </Link>
              <span className="grow">{localized(other.venue.name)}</span>
              <span className="quiet">{other.recordedBy}</span>
              {other.offline ? <span className="chip">{t('offline')}</span> : null}
              <UseStateChip state={other.status} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
