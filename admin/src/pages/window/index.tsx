import { windowRoutes } from '@talent-card/shared/uses/routes';
import type { Looked, Use } from '@talent-card/shared/uses/schema';
import { VERDICT_COLOURS } from '@talent-card/shared/uses/verdicts';
import type { AdminVenue } from '@talent-card/shared/venues/schema';
import { Button, Input, type InputRef, Switch } from 'antd';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { timeOf } from '../../components/format.js';
import { ChooseVenue } from '../../components/own-venue.js';
import { VenueSelect } from '../../components/place-select.js';
import { WriteFailure } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { verdictTexts, windowTexts } from '../../i18n/window.js';
import { useOwnVenue } from '../../services/own-venue.js';
import { useWrite } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { DueList, firstChoice, isUsable, nothingDue } from './dues.js';
import { beep, useSound } from './sound.js';
import { UsedPanel, VerdictPanel } from './verdict.js';

export default function WindowPage() {
  const c = useText(commonTexts);
  const t = useText(windowTexts);
  const own = useOwnVenue();
  const sound = useSound();
  return (
    <PageFrame
      title={c('window')}
      aside={
        own.venue ? (
          <>
            <span className="row small quiet">
              <Switch size="small" checked={sound.on} onChange={sound.set} aria-label={t('sound')} />
              {t('sound')}
            </span>
            <VenueSelect className="own-venue" value={own.venue.venueId} onChange={own.choose} />
          </>
        ) : null
      }
    >
      {own.venue ? <Desk key={own.venue.venueId} venue={own.venue} /> : <ChooseVenue own={own} />}
    </PageFrame>
  );
}

/** What a scanner typed: full-width letters of an input method become plain ones, line ends go. */
const cleaned = (text: string) => text.normalize('NFKC').replace(/[\r\n]/g, '');

type Colour = 'green' | 'amber' | 'red';

interface Recent {
  key: number;
  at: string;
  who: string;
  colour: Colour;
  what: string;
}

/** A look stands for two minutes. */
const LOOK_SECONDS = 120;

function Desk({ venue }: { venue: AdminVenue }) {
  const t = useText(windowTexts);
  const verdictWord = useText(verdictTexts);
  const localized = useLocalized();
  const field = useRef<InputRef>(null);
  const [text, setText] = useState('');
  const [looked, setLooked] = useState<{ answer: Looked; at: number } | null>(null);
  const [used, setUsed] = useState<{ use: Use; who: string } | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [companions, setCompanions] = useState<Record<string, number>>({});
  const [recent, setRecent] = useState<readonly Recent[]>([]);
  const focus = useCallback(() => field.current?.focus({ preventScroll: true }), []);
  const secondsLeft = useSecondsLeft(looked?.at ?? null);
  const note = (colour: Colour, who: string, what: string) =>
    setRecent((old) => [
      { key: (old[0]?.key ?? 0) + 1, at: new Date().toISOString(), colour, who, what },
      ...old.slice(0, 7),
    ]);

  const look = useWrite(windowRoutes.look, {
    onDone: (answer) => {
      setLooked({ answer, at: Date.now() });
      setChosen(firstChoice(answer.dues));
      setCompanions(
        Object.fromEntries(answer.dues.map((due) => [due.channelId, due.booking?.companions ?? 0])),
      );
      setText('');
      const nothing = nothingDue(answer);
      const colour = nothing ? 'amber' : VERDICT_COLOURS[answer.verdict];
      beep(colour);
      if (colour !== 'green')
        note(
          colour,
          answer.holder?.maskedName ?? '',
          nothing ? t('nothingDue') : verdictWord(answer.verdict),
        );
    },
  });
  const record = useWrite(windowRoutes.record, {
    onDone: (use) => {
      const who = looked?.answer.holder?.maskedName ?? '';
      setUsed({ use, who });
      note('green', who, localized(use.channel.name));
      setLooked(null);
      beep('green');
    },
  });
  const startLook = useCallback(
    (code: string) => {
      if (code.trim() === '' || look.isPending) return;
      setLooked(null);
      setUsed(null);
      record.reset();
      look.mutate({ body: { venueId: venue.venueId, code } });
    },
    [look, record, venue.venueId],
  );
  useCodeFromArrivals(startLook);
  useKeptFocus(focus);

  const answer = looked?.answer ?? null;
  const ended = looked !== null && secondsLeft <= 0;
  const due = answer?.dues.find((one) => one.channelId === chosen);
  const use = (channelId: string) => {
    if (!answer?.lookId || ended || record.isPending) return;
    record.mutate({
      body: {
        lookId: answer.lookId,
        venueId: venue.venueId,
        channelId,
        companions: companions[channelId] ?? 0,
      },
    });
  };
  const clear = () => {
    setText('');
    setLooked(null);
    setUsed(null);
    look.reset();
    record.reset();
    focus();
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') clear();
    if (text !== '' || !answer) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const usable = answer.dues.filter(isUsable);
      const at = usable.findIndex((one) => one.channelId === chosen);
      const next = usable[at + (event.key === 'ArrowDown' ? 1 : -1)];
      if (next) setChosen(next.channelId);
      event.preventDefault();
    }
  };
  const onEnter = () => {
    if (text !== '') startLook(cleaned(text));
    else if (due && isUsable(due)) use(due.channelId);
  };
  return (
    <div className="desk">
      <div className="stack">
        <div className="panel">
          <label htmlFor="scan" className="sr">
            {t('scanHint')}
          </label>
          <div className="row">
            <Input
              id="scan"
              ref={field}
              size="large"
              value={text}
              maxLength={2000}
              autoFocus
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              lang="en"
              placeholder={t('scanHint')}
              aria-describedby="scan-help"
              onChange={(event) => setText(event.target.value)}
              onPressEnter={onEnter}
              onKeyDown={onKey}
            />
            <Button size="large" loading={look.isPending} disabled={text.trim() === ''} onClick={onEnter}>
              {t('look')}
            </Button>
          </div>
          <p id="scan-help" className="small quiet" style={{ marginTop: 6 }}>
            {t('scanHelp')}
          </p>
        </div>
        <div aria-live="assertive" className="stack">
          {look.error ? <WriteFailure error={look.error} /> : null}
          {used ? (
            <UsedPanel use={used.use} who={used.who} />
          ) : answer ? (
            <VerdictPanel looked={answer} secondsLeft={secondsLeft} ended={ended} />
          ) : look.error ? null : (
            <section className="verdict idle">
              <strong>{look.isPending ? t('looking') : t('waiting')}</strong>
              <span>{t('waitingText')}</span>
            </section>
          )}
          {record.error ? <WriteFailure error={record.error} /> : null}
        </div>
        {answer?.holder && !used ? (
          <DueList
            dues={answer.dues}
            chosen={chosen}
            companions={companions}
            disabled={ended || !answer.lookId}
            busy={record.isPending ? chosen : null}
            onChoose={setChosen}
            onCompanions={(channelId, count) => setCompanions({ ...companions, [channelId]: count })}
            onUse={(channelId) => {
              setChosen(channelId);
              use(channelId);
            }}
          />
        ) : null}
      </div>
      <aside className="panel" aria-label={t('recent')}>
        <h2>{t('recent')}</h2>
        {recent.length === 0 ? (
          <p className="quiet">{t('recentNone')}</p>
        ) : (
          <ul className="plain">
            {recent.map((one) => (
              <li key={one.key}>
                <div className="row">
                  <i className={`dot-colour ${one.colour}`} aria-hidden />
                  <span className="grow">{one.who || '—'}</span>
                  <span className="small quiet num">{timeOf(one.at)}</span>
                </div>
                <div className="small quiet">{one.what}</div>
              </li>
            ))}
          </ul>
        )}
      </aside>
    </div>
  );
}

/** A code that was scanned on the arrivals page is looked up here, once. */
function useCodeFromArrivals(startLook: (code: string) => void): void {
  const location = useLocation();
  const navigate = useNavigate();
  const state = location.state as { code?: unknown } | null;
  const code = typeof state?.code === 'string' ? state.code : null;
  const taken = useRef<string | null>(null);
  useEffect(() => {
    if (!code || taken.current === code) return;
    taken.current = code;
    // A reload or the back button must not look the same code up again.
    void navigate(location.pathname + location.search, { replace: true, state: null });
    startLook(cleaned(code));
  }, [code, startLook, navigate, location.pathname, location.search]);
}

/** Brings the cursor back to the scanner's field whenever nothing else that takes keys holds it. */
function useKeptFocus(focus: () => void): void {
  useEffect(() => {
    const back = () => {
      const held = document.activeElement;
      const open = document.querySelector('.ant-modal-wrap, .ant-select-open');
      if (!open && (held === null || held === document.body)) focus();
    };
    const timer = setInterval(back, 500);
    const onKey = (event: globalThis.KeyboardEvent) => {
      // A scanner types while a button still holds the focus: its first letter belongs into the field.
      const held = document.activeElement;
      const typing = held instanceof HTMLInputElement || held instanceof HTMLTextAreaElement;
      if (!typing && event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) focus();
    };
    document.addEventListener('keydown', onKey, true);
    window.addEventListener('focus', back);
    return () => {
      clearInterval(timer);
      document.removeEventListener('keydown', onKey, true);
      window.removeEventListener('focus', back);
    };
  }, [focus]);
}

function useSecondsLeft(from: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (from === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [from]);
  return from === null ? 0 : Math.max(0, Math.ceil(LOOK_SECONDS - (now - from) / 1000));
}
