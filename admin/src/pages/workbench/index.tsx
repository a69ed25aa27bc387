import { workbenchRoutes } from '@talent-card/shared/workbench/routes';
import type { Workbench } from '@talent-card/shared/workbench/schema';
import { Alert } from 'antd';
import dayjs from 'dayjs';
import { Link } from 'react-router';
import { useMay } from '../../access.js';
import { useNumber } from '../../components/format.js';
import { Failure, PanelSkeleton } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { workbenchTexts } from '../../i18n/workbench.js';
import { useRead } from '../../services/query.js';
import { useSession } from '../../services/session.js';
import { PageFrame } from '../../shell.js';
import { CardsByZone, IssuedByMonth } from './charts.js';

/** Beyond this the sealer is late: it works each second. */
const SEAL_LATE_SECONDS = 60;

export default function WorkbenchPage() {
  const c = useText(commonTexts);
  const numbers = useRead(workbenchRoutes.numbers, {}, { staleTime: 0, refetchInterval: () => 60_000 });
  return (
    <PageFrame title={c('workbench')}>
      {numbers.data ? (
        <View numbers={numbers.data} />
      ) : numbers.isError ? (
        <Failure error={numbers.error} onRetry={() => void numbers.refetch()} />
      ) : (
        <div className="stack">
          <PanelSkeleton rows={3} />
          <PanelSkeleton rows={8} />
        </div>
      )}
    </PageFrame>
  );
}

interface Figure {
  label: string;
  value: number;
  to: string;
  tone?: 'bad' | 'care' | 'sea';
}

function Figures({ title, figures }: { title: string; figures: readonly Figure[] }) {
  const number = useNumber();
  return (
    <section className="panel">
      <h2>{title}</h2>
      <div className="figures">
        {figures.map((figure) => (
          <Link key={figure.label} to={figure.to}>
            <span>{figure.label}</span>
            <b className={`num ${figure.value > 0 ? (figure.tone ?? '') : 'zero'}`}>{number(figure.value)}</b>
          </Link>
        ))}
      </div>
    </section>
  );
}

function View({ numbers }: { numbers: Workbench }) {
  const t = useText(workbenchTexts);
  const may = useMay();
  const staff = useSession((session) => session.staff);
  const until = dayjs(numbers.today).add(90, 'day').format('YYYY-MM-DD');
  const decides = may('cases.decide');
  const seconds = numbers.auditUnsealedSeconds ?? 0;
  return (
    <div className="stack">
      <div>
        <p className="hello">{t('greeting', { name: staff?.displayName ?? '' })}</p>
        <p className="quiet">
          {numbers.workingDay
            ? t('todayWorking', { date: numbers.today })
            : t('todayOff', { date: numbers.today })}
          {decides && numbers.waitingForMe === 0 ? ` · ${t('nothingToDo')}` : ''}
        </p>
      </div>
      {may('audit.read') && seconds > SEAL_LATE_SECONDS ? (
        <Alert type="error" showIcon title={<Link to="/audit">{t('auditLag', { seconds })}</Link>} />
      ) : null}
      <div className="bench">
        <Figures
          title={t('toDo')}
          figures={[
            ...(decides
              ? [
                  {
                    label: t('waitingForMe'),
                    value: numbers.waitingForMe,
                    to: '/cases?status=mine',
                    tone: 'sea',
                  } as const,
                ]
              : []),
            { label: t('dueToday'), value: numbers.dueToday, to: '/cases?status=in-review', tone: 'care' },
            { label: t('overdue'), value: numbers.overdue, to: '/cases?status=overdue', tone: 'bad' },
            { label: t('returned'), value: numbers.returned, to: '/cases?status=returned' },
          ]}
        />
        <Figures
          title={t('cards')}
          figures={[
            { label: t('cardsActive'), value: numbers.cardsActive, to: '/cards?status=active' },
            { label: t('issuedThisMonth'), value: numbers.issuedThisMonth, to: '/cards' },
            {
              label: t('expiring'),
              value: numbers.cardsExpiringIn90Days,
              to: `/cards?status=active&expiresBefore=${until}`,
              tone: 'care',
            },
            { label: t('cardsSuspended'), value: numbers.cardsSuspended, to: '/cards?status=suspended' },
          ]}
        />
        <Figures
          title={t('roster')}
          figures={[
            { label: t('rosterEntries'), value: numbers.rosterEntries, to: '/roster' },
            {
              label: t('importsRunning'),
              value: numbers.importsRunning,
              to: '/roster?tab=imports',
              tone: 'sea',
            },
          ]}
        />
      </div>
      <div className="charts">
        <IssuedByMonth months={numbers.issuedByMonth} />
        <CardsByZone zones={numbers.cardsByZone} />
      </div>
    </div>
  );
}
