import { zoneName } from '@talent-card/shared/accounts/districts';
import { peopleRoutes } from '@talent-card/shared/people/routes';
import type { IdentityReveal, PersonDetail } from '@talent-card/shared/people/schema';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { useMay } from '../../access.js';
import { useErrorText } from '../../components/errors.js';
import { ReasonModal } from '../../components/reason-modal.js';
import { Failure, PanelSkeleton } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { factSourceTexts, identityTypeTexts } from '../../i18n/domain.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { peopleTexts } from '../../i18n/people.js';
import { keyOf, queryClient, useRead, useWrite } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { FactTable } from '../cases/case-facts.js';
import { RecordFact } from './record-fact.js';

export default function PersonPage() {
  const { personId = '' } = useParams();
  const c = useText(commonTexts);
  const person = useRead(peopleRoutes.detail, { params: { personId } });
  if (person.data) return <PersonView key={personId} person={person.data} />;
  return (
    <PageFrame title={c('people')}>
      {person.isError ? (
        <Failure error={person.error} onRetry={() => void person.refetch()} />
      ) : (
        <PanelSkeleton rows={10} />
      )}
    </PageFrame>
  );
}

function PersonView({ person }: { person: PersonDetail }) {
  const t = useText(peopleTexts);
  const c = useText(commonTexts);
  const facts = [...person.facts].sort((a, b) => b.observedAt.localeCompare(a.observedAt));
  return (
    <PageFrame title={`${c('people')} · ${person.name}`}>
      <div className="person-page">
        <Identity person={person} />
        <section className="panel">
          <div className="panel-head">
            <div>
              <h2>{t('facts')}</h2>
              <p className="small quiet">{t('history')}</p>
            </div>
            <FactActions person={person} />
          </div>
          <FactTable facts={facts} empty={t('noFacts')} />
        </section>
      </div>
    </PageFrame>
  );
}

function Identity({ person }: { person: PersonDetail }) {
  const t = useText(peopleTexts);
  const c = useText(commonTexts);
  const identity = useText(identityTypeTexts);
  const localized = useLocalized();
  const may = useMay();
  const { message } = App.useApp();
  const [asked, setAsked] = useState<'reveal' | 'unbind' | null>(null);
  // Lives in this component only: gone with the page, never in a cache.
  const [revealed, setRevealed] = useState<IdentityReveal | null>(null);
  const params = { personId: person.personId };
  const reveal = useWrite(peopleRoutes.revealIdentity, {
    onDone: (answer) => {
      setRevealed(answer);
      setAsked(null);
      reveal.reset();
    },
  });
  const unbind = useWrite(peopleRoutes.unbind, {
    stale: [peopleRoutes.detail],
    onDone: () => {
      message.success(t('unbound'));
      setAsked(null);
    },
  });
  const about = { name: person.name };
  return (
    <section className="panel">
      <h2>{t('identity')}</h2>
      <table className="facts">
        <tbody>
          <tr>
            <th scope="row">{c('name')}</th>
            <td>{person.name}</td>
          </tr>
          <tr>
            <th scope="row">{t('document')}</th>
            <td>
              {identity(person.identityType)}
              <div className="num">{revealed ? revealed.identityNumber : person.maskedIdentityNumber}</div>
              {revealed ? <div className="small care">{t('revealed')}</div> : null}
            </td>
          </tr>
          <tr>
            <th scope="row">{t('birthDate')}</th>
            <td className="num">{person.birthDate ?? '—'}</td>
          </tr>
          {person.nationality ? (
            <tr>
              <th scope="row">{t('nationality')}</th>
              <td>{person.nationality}</td>
            </tr>
          ) : null}
          <tr>
            <th scope="row">{t('phone')}</th>
            <td className="num">{revealed?.phone ?? person.maskedPhone ?? '—'}</td>
          </tr>
          <tr>
            <th scope="row">{c('zone')}</th>
            <td>{person.zoneCode ? localized(zoneName(person.zoneCode)) : '—'}</td>
          </tr>
          <tr>
            <th scope="row">{t('wechat')}</th>
            <td>
              <span className={`chip ${person.signedIn ? 'ok' : ''}`}>
                {person.signedIn ? t('signedIn') : t('notSignedIn')}
              </span>
            </td>
          </tr>
        </tbody>
      </table>
      <div className="row wrap" style={{ marginTop: 12 }}>
        {may('people.reveal-identity') && !revealed ? (
          <Button onClick={() => setAsked('reveal')}>{t('reveal')}</Button>
        ) : null}
        {may('people.unbind') && person.signedIn ? (
          <Button danger onClick={() => setAsked('unbind')}>
            {t('unbind')}
          </Button>
        ) : null}
      </div>
      <ReasonModal
        open={asked === 'reveal'}
        title={t('revealTitle', about)}
        effect={t('revealEffect')}
        confirmText={t('reveal')}
        busy={reveal.isPending}
        error={reveal.error}
        onConfirm={({ reason }) => reveal.mutateAsync({ params, body: { reason: reason.trim() } })}
        onClose={() => setAsked(null)}
      />
      <ReasonModal
        open={asked === 'unbind'}
        title={t('unbindTitle', about)}
        effect={t('unbindEffect')}
        confirmText={t('unbind')}
        danger
        busy={unbind.isPending}
        error={unbind.error}
        onConfirm={({ reason }) => unbind.mutateAsync({ params, body: { reason: reason.trim() } })}
        onClose={() => setAsked(null)}
      />
    </section>
  );
}

const SOURCES = ['education-registry', 'social-insurance', 'business-registry'] as const;

function FactActions({ person }: { person: PersonDetail }) {
  const t = useText(peopleTexts);
  const source = useText(factSourceTexts);
  const may = useMay();
  const { message } = App.useApp();
  const wordsOf = useErrorText();
  const [recording, setRecording] = useState(false);
  const params = { personId: person.personId };
  const match = useWrite(peopleRoutes.matchFacts, {
    onDone: ({ items }) => {
      void queryClient.invalidateQueries({ queryKey: keyOf(peopleRoutes.detail, { params }) });
      if (items.length > 0) message.success(t('matched', { count: items.length }));
      else message.info(t('matchedNone'));
    },
  });
  if (!may('people.record-fact')) return null;
  return (
    <div className="row wrap">
      <Dropdown
        trigger={['click']}
        disabled={match.isPending}
        menu={{
          items: SOURCES.map((key) => ({ key, label: source(key) })),
          onClick: ({ key }) => {
            const chosen = SOURCES.find((one) => one === key);
            if (!chosen) return;
            match.mutate(
              { params, body: { source: chosen } },
              { onError: (error) => message.error(wordsOf(error)) },
            );
          },
        }}
      >
        <Button loading={match.isPending} title={t('matchHint')}>
          {t('match')}
        </Button>
      </Dropdown>
      <Button onClick={() => setRecording(true)}>{t('record')}</Button>
      {recording ? <RecordFact person={person} onClose={() => setRecording(false)} /> : null}
    </div>
  );
}
