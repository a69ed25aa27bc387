import { checkIdentityNumber } from '@talent-card/shared/validators/identity-document';
import { madeUpPerson } from './made-up-people.js';
import { SANDBOX_PERSONAS } from './personas.js';
import { REGISTERED } from './sandbox-registry.js';

describe('made-up people', () => {
  const people = [
    ...Array.from({ length: REGISTERED }, (_, index) => madeUpPerson(index)),
    ...SANDBOX_PERSONAS,
  ];

  it('share no document, so that the registry knows each of them', () => {
    const documents = new Set(
      people.map(({ identityType, identityNumber }) => `${identityType}/${identityNumber}`),
    );
    expect(documents.size).toBe(people.length);
  });

  it('have numbers that pass every check', () => {
    for (const { identityType, identityNumber } of people) {
      expect(checkIdentityNumber(identityType, identityNumber)).toEqual({ ok: true, value: identityNumber });
    }
  });

  it('are the same people each time', () => {
    expect(madeUpPerson(42)).toEqual(madeUpPerson(42));
  });
});
