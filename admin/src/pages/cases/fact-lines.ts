import type { Fact } from '@talent-card/shared/people/schema';
import type { Word } from '../../i18n/index.js';

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const day = text;

/** A fact as one line for reading: what it says, in the order that its kind is read in. */
export function factLine(fact: Fact, word: Word, zone: (code: string) => string): string {
  const v = fact.value;
  const parts: (string | null)[] = (() => {
    switch (fact.kind) {
      case 'degree':
        return [
          text(v.level) && word(String(v.level)),
          text(v.field),
          text(v.school),
          day(v.graduatedOn) && word('graduatedOn', { date: String(v.graduatedOn) }),
          v.doubleFirstClass === true ? word('doubleFirstClass') : null,
        ];
      case 'employment':
        return [
          text(v.employer),
          text(v.position),
          text(v.zoneCode) && zone(String(v.zoneCode)),
          day(v.until)
            ? word('until', { since: String(v.since), until: String(v.until) })
            : day(v.since) && word('since', { since: String(v.since) }),
        ];
      case 'business':
        return [
          text(v.name),
          text(v.role) && word(String(v.role)),
          text(v.creditCode),
          day(v.registeredOn) && word('registeredOn', { date: String(v.registeredOn) }),
        ];
      case 'provincial-card':
        return [text(v.number), day(v.validUntil) && word('validUntil', { date: String(v.validUntil) })];
      case 'programme':
        return [
          text(v.name),
          text(v.level) && word(String(v.level)),
          typeof v.year === 'number' ? word('inYear', { year: v.year }) : null,
          text(v.documentNumber),
        ];
      case 'roster-entry':
        return [
          text(v.category) && word(`category.${v.category}`),
          day(v.validUntil) && word('validUntil', { date: String(v.validUntil) }),
        ];
    }
  })();
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}

export type Check = { source: Fact['source']; agrees: boolean; value: string };

const squeeze = (value: unknown) => (typeof value === 'string' ? value.replace(/\s/g, '').toUpperCase() : '');

/**
 * What checked sources say about a field of the form. The applicant's own word is no check; a form field that no
 * source speaks about has none.
 */
export function checkOf(field: string, formValue: unknown, facts: readonly Fact[]): Check | null {
  const PLACES: Record<string, readonly (readonly [Fact['kind'], string])[]> = {
    employer: [
      ['employment', 'employer'],
      ['business', 'name'],
    ],
    creditCode: [
      ['employment', 'creditCode'],
      ['business', 'creditCode'],
    ],
    zoneCode: [['employment', 'zoneCode']],
    position: [['employment', 'position']],
    employedSince: [['employment', 'since']],
    provincialCardNumber: [['provincial-card', 'number']],
    programme: [['programme', 'name']],
    programmeDocumentNumber: [['programme', 'documentNumber']],
  };
  const spoken = (PLACES[field] ?? []).flatMap(([kind, key]) =>
    facts
      .filter((fact) => fact.kind === kind && fact.source !== 'self' && text(fact.value[key]))
      .map((fact) => ({ source: fact.source, value: String(fact.value[key]) })),
  );
  const agreeing = spoken.find((said) => squeeze(said.value) === squeeze(formValue));
  if (agreeing) return { ...agreeing, agrees: true };
  const [first] = spoken;
  return first ? { ...first, agrees: false } : null;
}
