import { base64urlDecode } from '@talent-card/shared/card-code/bytes';
import { prepareCode } from '@talent-card/shared/card-code/code';
import { offlineUseMessage } from '@talent-card/shared/card-code/signed-texts';
import type { Use } from '@talent-card/shared/uses/schema';
import { ClerkDevices } from '../../features/codes/clerk-devices.js';
import { CodeDevices } from '../../features/codes/code-devices.js';
import { newKeyPair, signEd25519 } from '../../features/codes/ed25519.js';
import { RatingAdministration } from '../../features/feedback/rating-administration.js';
import { Ratings } from '../../features/feedback/ratings.service.js';
import { OfflineUses } from '../../features/uses/offline-uses.js';
import { UseAdministration } from '../../features/uses/use-administration.js';
import { Uses } from '../../features/uses/uses.service.js';
import { Windows } from '../../features/uses/windows.js';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import { newId } from '../../platform/ids.js';
import type { DemoWorld } from '../demo-world.js';
import type { Deed } from '../history.js';
import { booker, channelId, gaoYuanfan, momentOf, unlessRefused } from './demo-bookers.js';
import type { DemoVenueKey } from './demo-venues.js';

interface Visit {
  readonly channel: number;
  readonly venue: DemoVenueKey;
  readonly clerk: string;
  readonly companions?: number;
}

/** What people come for, as often as it stands here. */
const VISITS: readonly Visit[] = [
  { channel: 13, venue: 'island', clerk: 'island-clerk', companions: 1 },
  { channel: 2, venue: 'islandPier', clerk: 'island-clerk', companions: 1 },
  { channel: 15, venue: 'library', clerk: 'huancui-window' },
  { channel: 13, venue: 'island', clerk: 'island-clerk' },
  { channel: 16, venue: 'cinema', clerk: 'huancui-window' },
  { channel: 7, venue: 'parking', clerk: 'huancui-window' },
  { channel: 2, venue: 'islandPier', clerk: 'island-clerk' },
  { channel: 14, venue: 'chengshan', clerk: 'city-reviewer' },
  { channel: 1, venue: 'port', clerk: 'island-clerk', companions: 1 },
  { channel: 16, venue: 'cinema', clerk: 'huancui-window' },
  { channel: 22, venue: 'police', clerk: 'huancui-window' },
];
/** Weeks that are told, and visits in each: more in summer. */
const WEEKS = 40;
const visitsIn = (month: number): number => (month >= 5 && month <= 10 ? 9 : 5);

const GRADES = [5, 5, 4, 5, 3, 5, 2, 4, 5, 1, 5, 4] as const;
const WORDS: Readonly<Record<number, string>> = {
  1: '到窗口说系统没开，等了一个小时（演示）',
  2: '工作人员不清楚可以带同行人（演示）',
  3: '流程还可以再快一点（演示）',
  5: '扫一下就进去了，很方便（演示）',
};

/** Shows the code and is let in; undefined for who may not. */
function visit(
  world: DemoWorld,
  person: PersonPrincipal,
  what: Visit,
  nth: string,
): Promise<Use | undefined> {
  return unlessRefused(async () => {
    const cardId = await world.cardOf(person);
    if (!cardId) return undefined;
    const clerk = world.office(what.clerk);
    const venueId = await world.venueId(what.venue);
    const { code } = await world.get(CodeDevices).online(person, cardId);
    const { lookId } = await world.get(Windows).look(clerk, venueId, code);
    if (lookId === null) return undefined;
    const companions = what.companions ?? 0;
    const use = { lookId, venueId, channelId: await channelId(world, what.channel), companions };
    return world.get(Windows).record(clerk, use, world.key(`use-${nth}`));
  });
}

function week(now: Date, weeksBack: number): Deed[] {
  const month = momentOf(now, weeksBack * 7, '12:00').getUTCMonth() + 1;
  return Array.from({ length: visitsIn(month) }, (_, i): Deed => {
    const nth = weeksBack * 10 + i;
    const hour = String(9 + ((nth * 5) % 8)).padStart(2, '0');
    return {
      at: momentOf(now, weeksBack * 7 - (i % 6), `${hour}:${String((nth * 13) % 60).padStart(2, '0')}`),
      what: async (world) => {
        const person = await booker(world, nth * 7);
        const what = VISITS[nth % VISITS.length];
        const use = what && (await visit(world, person, what, String(nth)));
        if (use && weeksBack <= 4) await rate(world, person, use, nth);
      },
    };
  });
}

async function rate(world: DemoWorld, person: PersonPrincipal, use: Use, nth: number): Promise<void> {
  const grade = GRADES[nth % GRADES.length] ?? 5;
  const comment = WORDS[grade];
  await unlessRefused(() =>
    world
      .get(Ratings)
      .rate(
        person,
        use.useId,
        { grade, tags: [], ...(comment ? { comment } : {}) },
        world.key(`rate-${nth}`),
      ),
  );
}

/** The office calls one of the dissatisfied back. */
async function callBack(world: DemoWorld): Promise<void> {
  const office = world.office('city-reviewer');
  const query = { callBack: 'open' as const, limit: 20 };
  const { items } = await world.get(RatingAdministration).list(world.reader, office, query);
  const oldest = items.at(-1);
  if (!oldest) return;
  const answer = '已向您致歉并培训窗口人员，系统故障时改用离线核验（演示）';
  await unlessRefused(() =>
    world
      .get(RatingAdministration)
      .answer(office, oldest.ratingId, { version: oldest.version, answer }, world.key('call-back')),
  );
}

/** The persona uses the card, questions one use and gets another one back. */
function personaVisits(now: Date): Deed[] {
  const visits: readonly [daysBack: number, visit: Visit][] = [
    [96, { channel: 13, venue: 'island', clerk: 'island-clerk', companions: 1 }],
    [58, { channel: 16, venue: 'cinema', clerk: 'huancui-window' }],
    [20, { channel: 15, venue: 'library', clerk: 'huancui-window' }],
    [9, { channel: 13, venue: 'island', clerk: 'island-clerk' }],
    [2, { channel: 16, venue: 'cinema', clerk: 'huancui-window' }],
  ];
  return visits.map(([daysBack, what], i): Deed => {
    return {
      at: momentOf(now, daysBack, '10:30'),
      what: async (world) => {
        const person = await gaoYuanfan(world);
        const use = await visit(world, person, what, `gao-${i}`);
        if (use && i === 1) await giveBack(world, use);
        if (use && i === 3) await question(world, person, use);
      },
    };
  });
}

async function giveBack(world: DemoWorld, use: Use): Promise<void> {
  const reason = '影院误扫两次，退回一次（演示）';
  await unlessRefused(() =>
    world
      .get(UseAdministration)
      .refund(
        world.office('city-reviewer'),
        use.useId,
        { version: use.version, reason },
        world.key('refund'),
      ),
  );
}

async function question(world: DemoWorld, person: PersonPrincipal, use: Use): Promise<void> {
  const reason = '当天没有带同行人，请核对（演示）';
  await unlessRefused(() => world.get(Uses).dispute(person, use.useId, reason, world.key('dispute')));
}

/** A clerk without network lets somebody in twice with one code on two phones' screens: to be settled. */
async function offlineDay(world: DemoWorld): Promise<void> {
  const clerk = world.office('island-clerk');
  const { deviceId, seed, publicKey } = await clerkDevice(world, clerk.staffId);
  const venueId = await world.venueId('island');
  const channel = await channelId(world, 13);
  for (const nth of [3, 9, 15]) {
    const person = await booker(world, nth);
    const code = await phoneCode(world, person);
    if (!code) continue;
    const uses = [0, 1].map((again) => {
      const at = new Date(world.clock.now().getTime() - again * 60_000);
      const use = {
        clientUseId: newId(at),
        venueId,
        channelId: channel,
        companions: 0,
        code,
        at: at.toISOString(),
      };
      const message = offlineUseMessage(deviceId, use);
      const signature = Buffer.from(signEd25519(seed, publicKey, message)).toString('base64url');
      return { ...use, signature };
    });
    await unlessRefused(() =>
      world.get(OfflineUses).sync(clerk, { deviceId, uses }, world.key(`sync-${nth}`)),
    );
  }
}

async function clerkDevice(world: DemoWorld, staffId: string) {
  const keys = newKeyPair();
  const admin = world.office('admin');
  const { enrolmentCode } = await world
    .get(ClerkDevices)
    .invite(admin, staffId, world.key('clerk-invitation'));
  const citizen = await booker(world, 1);
  const { publicKey } = keys;
  const session = await world
    .get(ClerkDevices)
    .enrol(citizen, { enrolmentCode, publicKey }, '微信 · 演示手机', world.key('clerk-device'));
  return { ...keys, deviceId: session.deviceId };
}

/** What the phone of a holder shows now. */
async function phoneCode(world: DemoWorld, person: PersonPrincipal): Promise<string | undefined> {
  const { seed, publicKey } = newKeyPair();
  const cardId = await world.cardOf(person);
  if (!cardId) return undefined;
  const enrolled = await unlessRefused(() =>
    world
      .get(CodeDevices)
      .enrol(person, { cardId, publicKey, platform: 'weapp' }, '微信 · iPhone', world.key(`phone-${cardId}`)),
  );
  const credential = enrolled && base64urlDecode(enrolled.credential);
  if (!credential) return undefined;
  const unsigned = prepareCode(credential, Math.floor(world.clock.now().getTime() / 1000));
  return unsigned.finish(signEd25519(seed, publicKey, unsigned.toBeSigned));
}

/** Ten months of visits, what holders thought of them, and what is left to settle. */
export function useDeeds(now: Date): Deed[] {
  return [
    ...Array.from({ length: WEEKS }, (_, i) => week(now, WEEKS - i)).flat(),
    ...personaVisits(now),
    { at: momentOf(now, 5, '16:00'), what: callBack },
    { at: momentOf(now, 1, '15:10'), what: offlineDay },
  ];
}
