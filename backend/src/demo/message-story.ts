import { IsNull } from 'typeorm';
import { SEND_JOB } from '../features/messages/deliveries.js';
import { DeliveryRow } from '../features/messages/delivery.entity.js';
import { DeliveryLog } from '../features/messages/delivery-log.js';
import { SubscriptionTemplates } from '../features/messages/subscription-templates.js';
import { Subscriptions } from '../features/messages/subscriptions.js';
import { Contacts } from '../platform/accounts/contacts.js';
import { DELIVER_JOB } from '../platform/outbox/outbox.worker.js';
import type { SendOutcome } from '../platform/outside/send-outcome.js';
import { SandboxWechatClient } from '../platform/wechat/sandbox-wechat-client.js';
import { WechatClient } from '../platform/wechat/wechat-client.js';
import type { DemoWorld } from './demo-world.js';
import type { Deed } from './history.js';

const HOUR_MS = 3_600_000;
/** As WeChat answers them: a value too long for the template, a page that is not released, and nothing at all. */
const MISHAPS: readonly SendOutcome[] = [
  { result: 'refused', code: '47003', detail: 'data.thing1' },
  { result: 'refused', code: '41030' },
  { result: 'uncertain', code: 'NO_ANSWER' },
];

/** Messages that did not arrive or of which nobody knows, so that the message log has something to settle. */
export function messageDeeds(now: Date): Deed[] {
  const before = (hours: number): Date => new Date(now.getTime() - hours * HOUR_MS);
  return [
    { at: before(30), what: misfortunes },
    { at: before(28), what: resendInVain },
  ];
}

function wechatOf(world: DemoWorld): SandboxWechatClient | null {
  const wechat = world.get(WechatClient);
  return wechat instanceof SandboxWechatClient ? wechat : null;
}

/** The latest that wait for WeChat go out to people who allowed it, and WeChat has a bad day. */
async function misfortunes(world: DemoWorld): Promise<void> {
  const wechat = wechatOf(world);
  if (!wechat) return;
  await world.runJob(DELIVER_JOB);
  const waiting = await world.reader.find(DeliveryRow, {
    where: { state: 'pending', channel: 'wechat', usefulUntil: IsNull() },
    order: { id: 'DESC' },
    take: MISHAPS.length,
  });
  const templates = world.get(SubscriptionTemplates).all();
  for (const { id, personId } of waiting) {
    const contact = personId && (await world.get(Contacts).of(world.reader, { personId }));
    if (!contact) continue;
    const { accountId } = contact;
    const citizen = { type: 'citizen', accountId, sessionId: 'demo-data', personId } as const;
    const answers = templates.map(([, { templateId }]) => ({ templateId, answer: 'accept' as const }));
    await world.get(Subscriptions).record(citizen, answers, world.key(`allow-${id}`));
  }
  wechat.answers.push(...MISHAPS.slice(0, waiting.length));
  await world.runJob(SEND_JOB);
}

/** An operator sends one again, and it fails once more: its log tells both. */
async function resendInVain(world: DemoWorld): Promise<void> {
  const wechat = wechatOf(world);
  const [failed] = await world.reader.find(DeliveryRow, {
    where: { state: 'failed', channel: 'wechat', errorCode: '41030' },
    take: 1,
  });
  if (!wechat || !failed) return;
  const resend = { decision: 'resend', note: '小程序新版本已发布，再发一次' } as const;
  await world.get(DeliveryLog).settle(world.office('city-reviewer'), failed.id, resend, world.key('resend'));
  // In the place of what the bad day may have left over.
  wechat.answers.splice(0, Infinity, { result: 'refused', code: '41030' });
  await world.runJob(SEND_JOB);
}
