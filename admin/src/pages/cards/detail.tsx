import { zoneName } from '@talent-card/shared/accounts/districts';
import { groupCardNumber } from '@talent-card/shared/cards/card-number';
import { cardStates } from '@talent-card/shared/cards/card-state';
import { cardAdminRoutes } from '@talent-card/shared/cards/routes';
import type { CardDetail } from '@talent-card/shared/cards/schema';
import { isFinal } from '@talent-card/shared/common/state-table';
import { Button, Timeline } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useMay } from '../../access.js';
import { CardStateChip } from '../../components/chips.js';
import { formatInstant } from '../../components/format.js';
import { Failure, PanelSkeleton } from '../../components/states.js';
import { cardsTexts } from '../../i18n/cards.js';
import { commonTexts } from '../../i18n/common.js';
import { cardKindTexts, cardStateTexts, categoryTexts, identityTypeTexts } from '../../i18n/domain.js';
import { useLocalized, useText, useWord } from '../../i18n/index.js';
import { useRead } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { CardActionModal } from './action-modal.js';
import { type CardAction, offeredActions } from './card-actions.js';
import { CardFace } from './card-face.js';
import { CodeDevices } from './code-devices.js';

const BUTTON_TEXT = {
  suspend: 'suspend',
  restore: 'restore',
  'change-class': 'changeClass',
  revoke: 'revoke',
} as const satisfies Record<CardAction, keyof typeof cardsTexts.zh>;

export default function CardPage() {
  const { cardId = '' } = useParams();
  const c = useText(commonTexts);
  const card = useRead(cardAdminRoutes.detail, { params: { cardId } });
  const crumbs = [{ label: c('cards'), to: '/cards' }];
  if (card.data) return <CardView card={card.data} />;
  return (
    <PageFrame title={c('details')} crumbs={crumbs}>
      {card.isError ? (
        <Failure error={card.error} onRetry={() => void card.refetch()} />
      ) : (
        <PanelSkeleton rows={10} />
      )}
    </PageFrame>
  );
}

function CardView({ card }: { card: CardDetail }) {
  const t = useText(cardsTexts);
  const c = useText(commonTexts);
  const state = useText(cardStateTexts);
  const may = useMay();
  const [action, setAction] = useState<CardAction | null>(null);
  const classes = useRead(cardAdminRoutes.classes, {}, { staleTime: 300_000 });
  const offered = offeredActions(card.status, may, classes.data?.items.length ?? 0);
  return (
    <PageFrame
      title={groupCardNumber(card.number)}
      crumbs={[{ label: c('cards'), to: '/cards' }]}
      aside={<CardStateChip state={card.status} />}
    >
      <div className="card-page">
        <div className="stack">
          <CardFace card={card} />
          <div className="panel">
            {offered.length > 0 ? (
              <div className="row wrap">
                {offered.map((name) => (
                  <Button key={name} danger={name === 'revoke'} onClick={() => setAction(name)}>
                    {t(BUTTON_TEXT[name])}
                  </Button>
                ))}
              </div>
            ) : (
              <p className="quiet">
                {isFinal(cardStates, card.status)
                  ? t('finalState', { state: state(card.status) })
                  : t('noActions')}
              </p>
            )}
          </div>
          <CardFacts card={card} />
        </div>
        <div className="stack">
          <CodeDevices cardId={card.cardId} />
          <History card={card} />
          <ClassHistory card={card} />
        </div>
      </div>
      <CardActionModal
        card={card}
        action={action}
        classes={classes.data?.items ?? []}
        onClose={() => setAction(null)}
      />
    </PageFrame>
  );
}

function CardFacts({ card }: { card: CardDetail }) {
  const t = useText(cardsTexts);
  const c = useText(commonTexts);
  const category = useText(categoryTexts);
  const kind = useText(cardKindTexts);
  const identity = useText(identityTypeTexts);
  const localized = useLocalized();
  return (
    <section className="panel">
      <h2>{t('facts')}</h2>
      <table className="facts">
        <tbody>
          <tr>
            <th scope="row">{t('holder')}</th>
            <td>
              <Link to={`/people/${card.holder.personId}`}>{card.holder.maskedName}</Link>
              <div className="small quiet">
                {identity(card.holder.identityType)}{' '}
                <span className="num">{card.holder.maskedIdentityNumber}</span>
              </div>
            </td>
          </tr>
          <tr>
            <th scope="row">{t('kind')}</th>
            <td>{kind(card.kind)}</td>
          </tr>
          <tr>
            <th scope="row">{c('category')}</th>
            <td>{card.category ? category(card.category) : '—'}</td>
          </tr>
          <tr>
            <th scope="row">{c('cardClass')}</th>
            <td>{card.cardClass ? t('classLabel', { code: card.cardClass }) : t('singleClass')}</td>
          </tr>
          <tr>
            <th scope="row">{t('zone')}</th>
            <td>{localized(zoneName(card.zoneCode))}</td>
          </tr>
          <tr>
            <th scope="row">{t('validity')}</th>
            <td className="num">
              {card.validFrom} — {card.validUntil}
            </td>
          </tr>
          {card.caseId ? (
            <tr>
              <th scope="row">{t('caseLink')}</th>
              <td>
                <Link to={`/cases/${card.caseId}`}>{t('openCase')}</Link>
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </section>
  );
}

function History({ card }: { card: CardDetail }) {
  const t = useText(cardsTexts);
  const word = useWord(cardsTexts);
  return (
    <section className="panel">
      <h2>{t('history')}</h2>
      <Timeline
        items={[...card.history].reverse().map((item) => ({
          key: `${item.at} ${item.action}`,
          color: item.action === 'revoked' ? 'red' : 'blue',
          content: (
            <>
              <div className="row wrap">
                <strong>{word(item.action)}</strong>
                {item.action === 'class-changed' && item.to ? (
                  <span>
                    {item.from ? `${item.from} → ` : ''}
                    {item.to}
                  </span>
                ) : null}
                <span className="small quiet num">{formatInstant(item.at)}</span>
                <span className="small quiet">
                  {item.actorName ?? (item.action === 'reported-lost' ? t('byHolder') : t('bySystem'))}
                </span>
              </div>
              {item.reason ? <p className="quiet break">{item.reason}</p> : null}
            </>
          ),
        }))}
      />
    </section>
  );
}

function ClassHistory({ card }: { card: CardDetail }) {
  const t = useText(cardsTexts);
  if (card.classHistory.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t('classHistory')}</h2>
      <table className="facts">
        <tbody>
          {card.classHistory.map((span) => (
            <tr key={`${span.cardClass} ${span.validFrom}`}>
              <th scope="row">{t('classLabel', { code: span.cardClass })}</th>
              <td className="num">
                {span.validUntil
                  ? t('classFromTo', { from: span.validFrom, until: span.validUntil })
                  : t('classFrom', { from: span.validFrom })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
