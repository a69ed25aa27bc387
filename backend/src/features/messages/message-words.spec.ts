import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MESSAGE_KINDS, SUBSCRIPTION_TOPICS } from '@talent-card/shared/messages/schema';
import { BACKEND_ROOT } from '../../platform/paths.js';
import { MESSAGE_PAGE } from './delivery-worker.js';
import { announcementOf, OUTSIDE, TOPICS } from './message-kinds.js';
import { fillTemplate, valuesOf } from './message-words.js';

const AT = new Date('2026-11-24T16:30:00.000Z');
const VISIT = {
  channelZh: '机场贵宾候机',
  venueZh: '威海机场',
  startsAt: '2026-11-25T01:00:00.000Z',
  number: '12345678',
};
const characters = (text: string | undefined) => [...(text ?? '')].length;

describe('the words outside the app', () => {
  const kinds = MESSAGE_KINDS.filter((kind) => OUTSIDE[kind]);

  it.each(kinds)('of %s keep to what WeChat takes', (kind) => {
    const offeredUntil = '2026-11-24T02:30:00.000Z';
    const values = valuesOf(kind, { ...VISIT, offeredUntil }, AT);
    expect(values.status).toMatch(/^\p{Script=Han}{1,5}$/u);
    expect(characters(values.note)).toBeGreaterThan(0);
    expect(characters(values.note)).toBeLessThanOrEqual(20);
    expect(values.what).toBeTruthy();
    expect(values.when).toMatch(/^\d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d$/);
  });

  it('tell the time of the visit in Weihai, and of anything else when it happened', () => {
    expect(valuesOf('booking-reminder', VISIT, AT).when).toBe('2026年11月25日 09:00');
    expect(valuesOf('card-issued', {}, AT)).toEqual({
      what: '威海英才卡',
      when: '2026年11月25日 00:30',
      status: '已发放',
      note: '打开小程序查看您的英才卡',
    });
  });

  it('say until when a place is kept', () => {
    const { note } = valuesOf('waiting-offered', { offeredUntil: '2026-11-24T02:30:00.000Z' }, AT);
    expect(note).toBe('请在11月24日10:30前确认');
  });

  it('fill a template and cut what is too long', () => {
    const template = {
      templateId: 't',
      kind: 'one-time',
      fields: { thing1: 'what', date2: 'when', phrase3: 'status', thing4: 'where' },
    } as const;
    const long = '威海市公共资源交易中心北侧高层次人才服务专窗';
    expect(fillTemplate(template, valuesOf('booking-reminder', { ...VISIT, venueZh: long }, AT))).toEqual({
      data: {
        thing1: '机场贵宾候机',
        date2: '2026年11月25日',
        phrase3: '即将开始',
        thing4: '威海市公共资源交易中心北侧高层次人才服…',
      },
    });
    expect(fillTemplate(template, valuesOf('booking-reminder', { channelZh: '候机' }, AT))).toEqual({
      missing: 'when',
    });
  });
});

it('opens a page that the mini-program has in its main package: WeChat refuses any other with 41030', () => {
  const config = readFileSync(join(BACKEND_ROOT, '..', 'miniapp', 'src', 'app.config.ts'), 'utf8');
  const [mainPackage] = config.split('subPackages');
  expect(mainPackage).toContain(`'${MESSAGE_PAGE}'`);
});

describe('what an event becomes', () => {
  it('names a topic of WeChat that the contract knows', () => {
    for (const ways of Object.values(OUTSIDE)) expect(SUBSCRIPTION_TOPICS).toContain(ways.topic);
  });

  it.each([
    ['officer-request', 'request-approved', 'request'],
    ['channel-case', 'request-approved', 'request'],
    ['booking-review', 'request-approved', 'request'],
    ['card-application', 'application-approved', 'application'],
  ])('goes by the type of a case: %s', (caseType, kind, type) => {
    expect(announcementOf('case.approved', { caseId: 'C', personId: 'P', caseType })).toEqual({
      personId: 'P',
      kind,
      link: { type, id: 'C' },
    });
  });

  it.each(TOPICS)('%s has nobody to tell without a person', (topic) => {
    expect(announcementOf(topic, { personId: null, caseId: 'C', cardId: 'C', bookingId: 'B' })).toBeNull();
  });
});
