import type { Delivery } from '@talent-card/shared/messages/schema';
import { formatInstant } from '../../components/format.js';
import { useText, useWord } from '../../i18n/index.js';
import { deliveryStateTexts, messagesTexts, previewTexts } from '../../i18n/messages.js';
import { useReasonWords } from './words.js';

/** What happened to a delivery, what operators decided on it, and in the sandbox what it says. */
export function About({ delivery }: { delivery: Delivery }) {
  const t = useText(messagesTexts);
  const reasonOf = useReasonWords();
  const { state, errorCode, decisions, preview } = delivery;
  const reason = reasonOf(delivery);
  const meaning = state === 'unknown' ? t('unknownRow') : state === 'failed' ? t('failedRow') : null;
  if (!meaning && !reason && !errorCode && decisions.length === 0 && !preview) return <>—</>;
  return (
    <div className="clip">
      {meaning ? <div className={state === 'unknown' ? 'care' : 'bad'}>{meaning}</div> : null}
      {reason ? <div>{reason}</div> : null}
      {errorCode ? <div className="small quiet num">{errorCode}</div> : null}
      {decisions.length > 0 ? <Decisions decisions={decisions} /> : null}
      {preview ? <Preview fields={preview} /> : null}
    </div>
  );
}

/** Each decision with who, when and why; the first one first. */
function Decisions({ decisions }: Pick<Delivery, 'decisions'>) {
  const t = useText(messagesTexts);
  const stateWord = useText(deliveryStateTexts);
  return (
    <ol className="small" aria-label={t('decisions')} style={{ margin: 0, paddingInlineStart: 18 }}>
      {decisions.map(({ at, by, decision, note, state, errorCode }) => (
        <li key={`${at} ${by}`}>
          <span className="num quiet">{formatInstant(at)}</span> {by}{' '}
          {t(decision === 'resend' ? 'didResend' : 'didDrop', { state: stateWord(state) })}
          {errorCode ? <span className="num quiet"> {errorCode}</span> : null}
          <div className="break">{note ?? t('noteErased')}</div>
        </li>
      ))}
    </ol>
  );
}

/** The sandbox sends nothing: whoever tries it out reads here what would have gone. */
function Preview({ fields }: { fields: NonNullable<Delivery['preview']> }) {
  const t = useText(messagesTexts);
  const nameOf = useWord(previewTexts);
  return (
    <details className="small">
      <summary>{t('preview')}</summary>
      <dl style={{ margin: 0 }}>
        {fields.map(({ field, value }) => (
          <div key={field} className="row" style={{ gap: 8, alignItems: 'baseline' }}>
            <dt className="quiet num">{nameOf(field)}</dt>
            <dd className="break" style={{ margin: 0 }}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
