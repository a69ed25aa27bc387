import { type MadeUpPerson, madeUpPerson } from '../core/people/sandbox/made-up-people.js';
import { SANDBOX_PERSONAS } from '../core/people/sandbox/personas.js';
import type { CardMove } from '../features/cards/card-moves.js';
import { Cards } from '../features/cards/cards.service.js';
import type { PersonPrincipal } from '../platform/accounts/principal.js';
import { addDays, serviceDate, startOfServiceDay } from '../platform/clock/shanghai.js';
import { DomainError } from '../platform/errors/domain-error.js';
import type { DemoWorld } from './demo-world.js';

const DAY_MS = 86_400_000;
/** Enough that more than 600 cards are valid after the early ones have lapsed. */
const CARDS = 700;
/** From this index on nobody is in the demo roster: they apply at a window. */
const UNLISTED_FROM = 4000;
const YEARS_BACK_DAYS = 2200;

/** Something that happened at a moment. */
export interface Deed {
  readonly at: Date;
  readonly what: (world: DemoWorld) => Promise<void>;
}

interface ListedHolder {
  readonly index: number;
  readonly person: MadeUpPerson;
}

/** People of the roster whose category issues the card at once, in order. */
export function listedHolders(count: number): ListedHolder[] {
  const holders: ListedHolder[] = [];
  for (let index = 0; holders.length < count; index += 1) {
    const person = madeUpPerson(index);
    if (person.category === '1' || person.category === '2') holders.push({ index, person });
  }
  return holders;
}

/** A moment in office hours, so many days before `now`; the minute differs from one to the next. */
function daysBefore(now: Date, days: number, nth: number): Date {
  const minuteOfDay = 8 * 60 + 30 + ((nth * 37) % 540);
  const day = addDays(serviceDate(now), -Math.round(days));
  return new Date(startOfServiceDay(day).getTime() + minuteOfDay * 60_000);
}

const later = (moment: Date, days: number): Date => new Date(moment.getTime() + days * DAY_MS);

interface LaterMove {
  readonly every: number;
  readonly offset: number;
  readonly afterDays: number;
  readonly move: CardMove;
  readonly reason: string;
}

/** What happens to some of the cards after they were issued. */
const LATER_MOVES: readonly LaterMove[] = [
  { every: 67, offset: 5, afterDays: 40, move: 'suspend', reason: '工作单位变更待核实（演示）' },
  { every: 201, offset: 5, afterDays: 52, move: 'restore', reason: '已核实，恢复使用（演示）' },
  { every: 90, offset: 17, afterDays: 25, move: 'reportLost', reason: '持卡人挂失（演示）' },
  { every: 270, offset: 17, afterDays: 27, move: 'reportFound', reason: '持卡人找回（演示）' },
  { every: 97, offset: 29, afterDays: 120, move: 'revoke', reason: '已调离威海（演示）' },
];

/** Cards issued over six years, denser towards today, and what became of some. */
export function cardDeeds(now: Date): Deed[] {
  const deeds: Deed[] = [];
  for (const [nth, { index, person }] of listedHolders(CARDS).entries()) {
    const issuedAt = daysBefore(now, 1 + YEARS_BACK_DAYS * (1 - nth / CARDS) ** 1.6, nth);
    let cardId: string | undefined;
    deeds.push({
      at: issuedAt,
      what: async (world) => {
        // The roster names them exactly: the card comes with the proof of the name.
        cardId = await world.cardOf(await world.citizen(`demo-${index}`, person));
      },
    });
    for (const { every, offset, afterDays, move, reason } of LATER_MOVES) {
      const at = later(issuedAt, afterDays);
      if (nth % every !== offset || at >= now) continue;
      deeds.push({
        at,
        what: async (world) => {
          if (cardId) await moveCard(world, cardId, move, reason);
        },
      });
    }
  }
  return deeds;
}

function moveCard(world: DemoWorld, cardId: string, move: CardMove, reason: string): Promise<void> {
  const office = world.office('city-reviewer');
  return world.write((tx) => world.get(Cards).move(tx, office, cardId, move, { reason }));
}

/** How an application at a window went on, and how many days ago it came in. */
interface WindowStory {
  readonly ending: 'in-review' | 'returned' | 'approved' | 'rejected' | 'withdrawn';
  readonly days: readonly number[];
}

const WINDOW_STORIES: readonly WindowStory[] = [
  { ending: 'approved', days: [300, 260, 214, 180, 151, 120, 96, 71, 50, 33, 22, 15] },
  { ending: 'rejected', days: [240, 133, 64, 27, 12] },
  { ending: 'withdrawn', days: [190, 88, 41, 9] },
  { ending: 'returned', days: [19, 13, 8, 6, 4, 3] },
  { ending: 'in-review', days: [16, 12, 10, 5, 4, 3, 3, 2, 2, 1, 1, 0.6, 0.4] },
];

/** Applications at the window in every state, some of them overdue. */
export function windowDeeds(now: Date): Deed[] {
  let index = UNLISTED_FROM;
  return WINDOW_STORIES.flatMap(({ ending, days }) =>
    days.flatMap((daysAgo) => {
      index += 1;
      return windowStory(now, index, daysAgo, ending);
    }),
  );
}

function windowStory(now: Date, index: number, daysAgo: number, ending: WindowStory['ending']): Deed[] {
  const person = {
    ...madeUpPerson(index),
    category: '2' as const,
    programme: '威海市产业领军人才（演示）',
    documentNumber: '威演示〔2024〕9号',
  };
  const submittedAt =
    daysAgo < 1 ? new Date(now.getTime() - daysAgo * DAY_MS) : daysBefore(now, daysAgo, index);
  let application: { caseId: string; version: number } | undefined;
  const submit: Deed = {
    at: submittedAt,
    what: async (world) => {
      const citizen = await world.citizen(`demo-${index}`, person);
      application = await applyAtWindow(world, citizen, person);
    },
  };
  const endings: Record<string, (world: DemoWorld, caseId: string, version: number) => Promise<void>> = {
    approved: (world, caseId, version) =>
      world.decide(caseId, version, { decision: 'approve', note: '入选文件核对一致（演示）' }),
    rejected: (world, caseId, version) =>
      world.decide(caseId, version, {
        decision: 'reject',
        note: '入选文件与本人不符，可携原件到窗口复核（演示）',
      }),
    returned: (world, caseId, version) => world.decide(caseId, version, RETURNED),
  };
  const end: Deed = {
    at: later(submittedAt, Math.min(1.3, daysAgo / 2)),
    what: async (world) => {
      if (!application) return;
      const { caseId, version } = application;
      await endings[ending]?.(world, caseId, version);
      if (ending !== 'withdrawn') return;
      const citizen = await world.citizen(`demo-${index}`, person);
      await world.withdraw(citizen, caseId, version);
    },
  };
  return ending === 'in-review' ? [submit] : [submit, end];
}

const RETURNED = {
  decision: 'return' as const,
  note: '请按下列提示补正后重新提交（演示）',
  corrections: [
    { field: 'programmeDocumentNumber', note: '文号与入选通知不一致，请核对后填写' },
    { field: 'programme-notice', note: '扫描件缺少盖章页，请重新上传入选通知' },
  ],
};

/** The persona whose story says that the application came back. */
export function personaDeeds(now: Date): Deed[] {
  const person = SANDBOX_PERSONAS.find(({ key }) => key === 'zou-jianbo');
  if (!person) return [];
  let application: { caseId: string; version: number } | undefined;
  return [
    {
      at: daysBefore(now, 2, 11),
      what: async (world) => {
        const citizen = await world.citizen(person.key, person);
        application = await applyAtWindow(world, citizen, person);
      },
    },
    {
      at: daysBefore(now, 1, 23),
      what: async (world) => {
        if (application) await world.decide(application.caseId, application.version, RETURNED);
      },
    },
  ];
}

async function applyAtWindow(world: DemoWorld, citizen: PersonPrincipal, person: MadeUpPerson) {
  const notice = await world.upload(citizen, 'programme-notice', '入选通知（演示）');
  return unlessDone(() => world.apply(citizen, person, '2', [notice]));
}

/** Undefined where an earlier load that was cut off has done it. */
async function unlessDone<T>(deed: () => Promise<T>): Promise<T | undefined> {
  try {
    return await deed();
  } catch (error) {
    const done = ['CARD_ALREADY_VALID', 'APPLICATION_ALREADY_OPEN'];
    if (error instanceof DomainError && done.includes(error.code)) return undefined;
    throw error;
  }
}
