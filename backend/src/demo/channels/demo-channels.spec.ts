import { stepOf } from '../../features/requests/request.rules.js';
import type { DemoChannel } from './channel-sketch.js';
import { DEMO_CHANNELS } from './demo-channels.js';

/** Numbers of a text that stand between two others, such as the 12 of `一年 12 次`. */
const numbers = (text: string, pattern: RegExp): number[] =>
  [...text.matchAll(pattern)].map((match) => Number(match[1]));

const WINDOWS = {
  一天: 'day',
  每天: 'day',
  一周: 'week',
  一个月: 'month',
  每月: 'month',
  一年: 'year',
} as const;
const MINUTES = { 小时: 60, 天: 1_440 } as const;

const howOften = (words: string) => new RegExp(`${words}(?:最多|免费)? ?(\\d+) 次`, 'g');
const howLongAhead = (unit: string) => new RegExp(`提前 (\\d+) ${unit}预约`, 'g');
const UNTIL_WHEN = /(\d+) 个工作日内(?:答复|审核)/g;

const says = ({ summary, blocks }: DemoChannel): string =>
  [summary.zh, blocks.content.zh, blocks.limit.zh].join('\n');

describe.each(DEMO_CHANNELS.map((one) => [`${one.number} ${one.name.en}`, one] as const))(
  'demo channel %s says what its matrix holds:',
  (_, channel) => {
    const { terms, summary, blocks, booking, audience, companionRule } = channel;
    const all = `${says(channel)}\n${blocks.who.zh}`;

    it('how often', () => {
      for (const [words, window] of Object.entries(WINDOWS)) {
        for (const most of numbers(says(channel), howOften(words))) {
          expect(terms.flatMap(({ limits }) => limits)).toContainEqual({ window, most });
        }
      }
    });

    it('how many come along, with the usual card and with each class of its own', () => {
      const usual = terms.find(({ cardClass }) => cardClass === null)?.companions ?? 0;
      expect(numbers(`${summary.zh}\n${companionRule?.zh ?? ''}`, /(?<!类)可带 (\d+) [人位]/g)).toEqual(
        usual === 0 ? [] : expect.arrayContaining([usual]),
      );
      expect(numbers(companionRule?.zh ?? '', /类可带 (\d+) 位/g)).toEqual(
        terms.filter(({ companions }) => companions !== usual).map(({ companions }) => companions),
      );
      // Two kinds of card are due alike: the rule has no words for a difference.
      expect(
        new Set(terms.filter(({ cardClass }) => !cardClass).map((one) => one.companions)).size,
      ).toBeLessThan(2);
    });

    it('what is paid', () => {
      const caps = terms.flatMap(({ capCents }) => capCents ?? []);
      expect(/最高 (\d+) (万?)元/.test(summary.zh)).toBe(caps.length > 0);
      expect(/折/.test(summary.zh)).toBe(terms.some(({ discountPercent }) => discountPercent !== null));
    });

    it('how long ahead', () => {
      for (const [unit, minutes] of Object.entries(MINUTES)) {
        for (const ahead of numbers(blocks.limit.zh, howLongAhead(unit))) {
          expect(booking?.leadMinutes).toBe(ahead * minutes);
        }
      }
    });

    it('until when somebody answers', () => {
      const type = ({ officer: 'officer-request', case: 'channel-case', book: 'booking-review' } as const)[
        channel.use as 'officer' | 'case' | 'book'
      ];
      const promised = numbers(blocks.limit.zh, UNTIL_WHEN);
      for (const days of promised) expect(days).toBe(stepOf(type).workingDays);
      if (channel.use === 'officer') expect(promised).toHaveLength(1);
    });

    it('to whom', () => {
      expect(blocks.who.zh.includes('惠才卡')).toBe(audience.provincialCard);
      expect(blocks.who.zh.includes('外籍')).toBe(audience.foreignersOnly);
      expect(blocks.who.zh.includes('青年人才卡')).toBe(terms.some(({ cardKind }) => cardKind === 'youth'));
      expect(blocks.who.zh.includes('威海英才卡')).toBe(terms.some(({ cardKind }) => cardKind === 'talent'));
      for (const { cardClass } of terms) if (cardClass) expect(all).toContain(`${cardClass} 类`);
    });
  },
);

// What is not found is not compared: words that change in the texts must change in the patterns too.
describe('what the texts of the demo channels are read for is found in them:', () => {
  it.each([
    ['how often', 8, Object.keys(WINDOWS).map(howOften)],
    ['how long ahead', 3, Object.keys(MINUTES).map(howLongAhead)],
    ['until when somebody answers', 3, [UNTIL_WHEN]],
  ])('%s, in at least %i channels', (_, atLeast, patterns) => {
    const found = DEMO_CHANNELS.filter((channel) =>
      patterns.some((pattern) => numbers(says(channel), pattern).length > 0),
    );
    expect(found.length).toBeGreaterThanOrEqual(atLeast);
  });
});
