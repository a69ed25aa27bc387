import { MinusOutlined, PlusOutlined } from '@ant-design/icons';
import type { Due, Looked } from '@talent-card/shared/uses/schema';
import { LETS_IN, VERDICT_COLOURS, type Verdict } from '@talent-card/shared/uses/verdicts';
import { Button } from 'antd';
import { timeOf } from '../../components/format.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { verdictTexts, windowTexts } from '../../i18n/window.js';
import { ConditionList } from '../cases/case-conditions.js';

const letsIn: readonly Verdict[] = LETS_IN;

/** Whether the window may use it now: the verdict lets in, and what has to be booked is booked. */
export const isUsable = (due: Due): boolean =>
  letsIn.includes(due.verdict) && (!due.bookingRequired || due.booking !== null);

/** A good code, and nothing that its holder may use at this window now: green would mislead. */
export const nothingDue = ({ verdict, dues }: Pick<Looked, 'verdict' | 'dues'>): boolean =>
  letsIn.includes(verdict) && !dues.some(isUsable);

/** What a holder most likely came for: the booking of today, else the first that may be used. */
export function firstChoice(dues: readonly Due[]): string | null {
  const usable = dues.filter(isUsable);
  return (usable.find((due) => due.booking !== null) ?? usable[0])?.channelId ?? null;
}

interface Props {
  dues: readonly Due[];
  chosen: string | null;
  companions: Readonly<Record<string, number>>;
  disabled: boolean;
  /** The channel whose use is under way. */
  busy: string | null;
  onChoose: (channelId: string) => void;
  onCompanions: (channelId: string, count: number) => void;
  onUse: (channelId: string) => void;
}

/** Each channel of this window for this holder: usable ones first, the others with their reason. */
export function DueList({ dues, ...rest }: Props) {
  const t = useText(windowTexts);
  const sorted = [...dues].sort((a, b) => Number(isUsable(b)) - Number(isUsable(a)));
  return (
    <section className="panel" aria-label={t('dues')}>
      <h2>{t('dues')}</h2>
      {sorted.length === 0 ? <p className="quiet">{t('noDues')}</p> : null}
      <ul className="dues">
        {sorted.map((due) => (
          <DueRow key={due.channelId} due={due} {...rest} />
        ))}
      </ul>
    </section>
  );
}

function DueRow({
  due,
  chosen,
  companions,
  disabled,
  busy,
  onChoose,
  onCompanions,
  onUse,
}: Omit<Props, 'dues'> & { due: Due }) {
  const t = useText(windowTexts);
  const verdict = useText(verdictTexts);
  const localized = useLocalized();
  const usable = isUsable(due);
  const count = companions[due.channelId] ?? 0;
  const name = localized(due.name);
  const isChosen = usable && chosen === due.channelId;
  return (
    <li className={`due ${usable ? '' : 'not'} ${isChosen ? 'chosen' : ''}`} aria-current={isChosen}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a pointer's short cut; keys choose by arrows and Enter */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
      <div className="grow" onClick={() => usable && onChoose(due.channelId)}>
        <div className="row wrap">
          <strong className="due-name">{name}</strong>
          {usable ? null : (
            <span className={`chip ${VERDICT_COLOURS[due.verdict] === 'red' ? 'bad' : 'care'}`}>
              {letsIn.includes(due.verdict) ? t('bookingNeeded') : verdict(due.verdict)}
            </span>
          )}
          {due.discountPercent ? (
            <span className="chip gold">{t('discount', { percent: due.discountPercent })}</span>
          ) : null}
        </div>
        <div className="quiet num">
          {due.left === null ? t('noLimit') : t('left', { left: due.left })}
          {due.left === 0 && due.renewsOn ? ` · ${t('renewsOn', { date: due.renewsOn })}` : ''}
          {due.booking
            ? ` · ${t('booked', {
                from: timeOf(due.booking.startsAt),
                to: timeOf(due.booking.endsAt),
                number: due.booking.number,
                companions: due.booking.companions,
              })}`
            : ''}
          {due.booking?.arrivedAt ? ` · ${t('arrivedAt', { time: timeOf(due.booking.arrivedAt) })}` : ''}
        </div>
        {due.conditions.length > 0 ? <ConditionList conditions={due.conditions} /> : null}
      </div>
      {usable ? (
        <>
          {due.companions > 0 ? (
            <div className="row stepper">
              <span className="small quiet">{t('companions')}</span>
              <Button
                icon={<MinusOutlined aria-hidden />}
                aria-label={`${t('companionsFewer')}：${name}`}
                disabled={disabled || count <= 0}
                onClick={() => onCompanions(due.channelId, count - 1)}
              />
              <b className="num">{count}</b>
              <Button
                icon={<PlusOutlined aria-hidden />}
                aria-label={`${t('companionsMore')}：${name}`}
                disabled={disabled || count >= due.companions}
                onClick={() => onCompanions(due.channelId, count + 1)}
              />
            </div>
          ) : (
            <span className="small quiet">{t('noCompanions')}</span>
          )}
          <Button
            type={isChosen ? 'primary' : 'default'}
            size="large"
            disabled={disabled}
            loading={busy === due.channelId}
            aria-label={`${t('use')}：${name}`}
            onClick={() => onUse(due.channelId)}
          >
            {count > 0 ? t('useWith', { count: count + 1 }) : t('use')}
          </Button>
        </>
      ) : null}
    </li>
  );
}
