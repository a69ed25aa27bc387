import { readTemplateSetting } from './template-setting.js';

const ID = '4hQxkT1vZ0m8nY2pW6rB7sD9fG3jK5lA';

describe('the setting of a template', () => {
  it('names the template, its kind and what fills it', () => {
    expect(
      readTemplateSetting('booking', `${ID}  one-time thing1=what time2=when character_string3=number`),
    ).toEqual({
      templateId: ID,
      kind: 'one-time',
      fields: { thing1: 'what', time2: 'when', character_string3: 'number' },
    });
  });

  it.each([
    ['booking', 'short one-time thing1=what', 'must begin with the id'],
    ['booking', `${ID} often thing1=what`, 'one-time or long-term'],
    ['booking', `${ID} one-time`, 'must name the fields'],
    ['booking', `${ID} one-time thing=what`, 'no field such as thing1'],
    ['booking', `${ID} one-time thing1=price`, 'there is what, where'],
    ['card', `${ID} one-time thing1=where`, 'there is what, when'],
    ['booking', `${ID} one-time thing1=when`, 'needs time or date'],
    ['booking', `${ID} one-time thing1=what thing1=note`, 'names thing1 twice'],
  ] as const)('of %s refuses %s', (topic, text, problem) => {
    expect(readTemplateSetting(topic, text)).toEqual([expect.stringContaining(problem)]);
  });

  it('lists every problem at once', () => {
    expect(readTemplateSetting('booking', 'x y thing1=z')).toHaveLength(3);
  });
});
