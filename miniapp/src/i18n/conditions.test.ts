import { CONDITION_CODES, CONDITION_REASONS } from '@talent-card/shared/eligibility/codes';
import { cardReasonTexts, channelReasonTexts, explainForChannel } from './channel-conditions';
import { conditionTexts, explainCondition, nameCondition, reasonTexts } from './conditions';

const declared = Object.values(CONDITION_REASONS).flatMap((reasons) =>
  Object.entries(reasons as Record<string, readonly string[]>),
);
const texts: Record<string, readonly [string, string]> = reasonTexts;
const namesIn = (text: string) => [...text.matchAll(/\{(\w+)/g)].map((match) => match[1]);

describe('conditions in words', () => {
  it('know every code and reason of the contract and none beside', () => {
    expect(Object.keys(conditionTexts).sort()).toEqual([...CONDITION_CODES].sort());
    expect(Object.keys(reasonTexts).sort()).toEqual(declared.map(([reason]) => reason).sort());
  });

  it.each(declared)('%s stands in both languages and uses only what it is given', (reason, params) => {
    const [zh, en] = texts[reason] ?? ['', ''];
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).not.toMatch(/\p{Script=Han}/u);
    expect(en.trim()).not.toBe('');
    for (const name of [...namesIn(zh), ...namesIn(en)]) expect(params).toContain(name);
  });

  it('fill in days, levels and kinds as words', () => {
    const tooShort = {
      reason: 'IN_POST_AT_LEAST_YEARS.TOO_SHORT',
      params: { years: 3, since: '2025-01-06', on: '2028-01-06' },
    };
    expect(explainCondition(tooShort, 'zh-CN')).toBe(
      '要求任职满 3 年，你从2025年1月6日算起，2028年1月6日可以申领。',
    );
    const lower = {
      reason: 'DEGREE_AT_LEAST.ONLY_LOWER_KNOWN',
      params: { level: 'doctor', known: 'master' },
    };
    expect(explainCondition(lower, 'en')).toContain('doctorate');
    expect(explainCondition(lower, 'zh-CN')).toContain('目前只查到硕士');
    expect(
      explainCondition({ reason: 'AGE_AT_MOST.TOO_OLD', params: { max: 55, age: 57 } }, 'zh-CN'),
    ).toContain('一般不超过 55 岁，你现在 57 岁');
  });

  it('say whom to ask when a newer service gives a reason that this version does not know', () => {
    const words = explainCondition({ reason: 'SPEAKS_LATIN.NOT_YET', params: {} }, 'zh-CN');
    expect(words).toContain('SPEAKS_LATIN.NOT_YET');
    expect(words).toContain('服务窗口');
    expect(nameCondition('SPEAKS_LATIN', 'en')).toBe('SPEAKS_LATIN');
  });

  it('beside a channel need none of the words of applications', () => {
    const beside: Record<string, unknown> = { ...cardReasonTexts, ...channelReasonTexts };
    const asked = ['HOLDS_CARD', 'CARD_CLASS_SERVED', 'IS_FOREIGNER', 'HOLDS_PROVINCIAL_CARD'] as const;
    const reasons = asked.flatMap((code) => Object.keys(CONDITION_REASONS[code]));
    expect(reasons.filter((reason) => !(reason in beside))).toEqual([]);
    const unknown = { reason: 'HOLDS_PROVINCIAL_CARD.NOT_KNOWN', params: {} };
    // There is no form here to be filled in.
    expect(explainForChannel(unknown, 'en')).not.toBe(explainCondition(unknown, 'en'));
  });
});
