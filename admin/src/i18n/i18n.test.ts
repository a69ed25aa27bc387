import { PERMISSIONS, ROLE_NAMES, STAFF_ROLES } from '@talent-card/shared/accounts/permissions';
import { DAY_KINDS } from '@talent-card/shared/calendar/schema';
import { CARD_STATES } from '@talent-card/shared/cards/card-state';
import { CARD_CATEGORIES, CARD_KINDS } from '@talent-card/shared/cards/categories';
import {
  applicationFormSchema,
  CARD_DOCUMENT_TYPES,
  cardCaseExtraSchema,
  cardHistoryItemSchema,
} from '@talent-card/shared/cards/schema';
import { CASE_STATES } from '@talent-card/shared/casework/case-state';
import { CASE_EVENTS } from '@talent-card/shared/casework/schema';
import { ERROR_CODES, FIELD_PROBLEMS } from '@talent-card/shared/common/error-codes';
import { CONDITION_REASONS } from '@talent-card/shared/eligibility/codes';
import { IMPORT_STATES } from '@talent-card/shared/people/import-state';
import { FACT_KINDS, FACT_SOURCES, ROW_PROBLEMS } from '@talent-card/shared/people/schema';
import { IDENTITY_TYPES } from '@talent-card/shared/validators/identity-document';
import { describe, expect, it } from 'vitest';
import { calendarTexts, dayKindTexts } from './calendar.js';
import { cardsTexts } from './cards.js';
import { casesTexts } from './cases.js';
import { conditionTexts } from './conditions.js';
import * as domain from './domain.js';
import { errorTexts, fieldProblemTexts } from './errors.js';
import { fill, type Texts, textOf } from './index.js';
import { importStateTexts, rowProblemTexts } from './roster.js';

const files = import.meta.glob<Record<string, unknown>>('./*.ts', { eager: true });

const isTexts = (value: unknown): value is Texts =>
  typeof value === 'object' && value !== null && 'zh' in value && 'en' in value;

const dictionaries = Object.entries(files).flatMap(([file, exports]) =>
  Object.entries(exports)
    .filter((entry): entry is [string, Texts] => isTexts(entry[1]))
    .map(([name, texts]) => ({ name: `${file} ${name}`, texts })),
);

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe('every dictionary', () => {
  it('is found', () => expect(dictionaries.length).toBeGreaterThan(20));

  it.each(dictionaries)('$name says the same in both languages', ({ texts }) => {
    expect(Object.keys(texts.en).sort()).toEqual(Object.keys(texts.zh).sort());
    for (const [key, zh] of Object.entries(texts.zh)) {
      const en = texts.en[key] ?? '';
      expect(placeholders(en), key).toEqual(placeholders(zh));
      expect(en.trim(), key).not.toBe('');
      expect(zh.trim(), key).not.toBe('');
      if (!key.startsWith('difference.') && key !== 'weekdays')
        expect(en, key).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });
});

describe('every code of the contract has its words', () => {
  const cases: [string, readonly string[], Texts][] = [
    ['error codes', ERROR_CODES, errorTexts],
    ['field problems', FIELD_PROBLEMS, fieldProblemTexts],
    ['row problems', ROW_PROBLEMS, rowProblemTexts],
    ['case events', CASE_EVENTS, domain.caseEventTexts],
    ['case states', CASE_STATES, domain.caseStateTexts],
    ['card states', CARD_STATES, domain.cardStateTexts],
    ['card kinds', CARD_KINDS, domain.cardKindTexts],
    ['card history', cardHistoryItemSchema.shape.action.options, cardsTexts],
    ['categories', CARD_CATEGORIES, domain.categoryTexts],
    ['categories in short', CARD_CATEGORIES, domain.categoryShortTexts],
    ['import states', IMPORT_STATES, importStateTexts],
    ['fact kinds', FACT_KINDS, domain.factKindTexts],
    ['fact sources', FACT_SOURCES, domain.factSourceTexts],
    ['identity types', IDENTITY_TYPES, domain.identityTypeTexts],
    ['permissions', Object.keys(PERMISSIONS), domain.permissionTexts],
    ['day kinds', DAY_KINDS, dayKindTexts],
    ['form fields', Object.keys(applicationFormSchema.shape), domain.formFieldTexts],
    ['document types', CARD_DOCUMENT_TYPES, domain.formFieldTexts],
    [
      'roster differences',
      cardCaseExtraSchema.shape.rosterCandidates.element.shape.differences.element.options.map(
        (difference) => `difference.${difference}`,
      ),
      casesTexts,
    ],
    ['conditions', Object.keys(CONDITION_REASONS), conditionTexts],
    ['reasons', Object.values(CONDITION_REASONS).flatMap((reasons) => Object.keys(reasons)), conditionTexts],
  ];
  it.each(cases)('%s', (_, codes, texts) => {
    expect(codes.filter((code) => !(code in texts.zh) || !(code in texts.en))).toEqual([]);
  });

  it('roles', () => {
    expect(Object.keys(ROLE_NAMES).sort()).toEqual([...STAFF_ROLES].sort());
  });

  it('and a reason uses no parameter that its rule does not give', () => {
    for (const [code, reasons] of Object.entries(CONDITION_REASONS)) {
      for (const [reason, given] of Object.entries(reasons) as [string, readonly string[]][]) {
        const used = placeholders((conditionTexts.zh as Record<string, string>)[reason] ?? '');
        expect(
          used.filter((name) => !given.includes(name ?? '')),
          reason,
        ).toEqual([]);
        // The condition itself is shown beside any of its reasons, so each has to bring what it needs.
        const asked = placeholders((conditionTexts.zh as Record<string, string>)[code] ?? '');
        expect(
          asked.filter((name) => !given.includes(name ?? '')),
          `${code} with ${reason}`,
        ).toEqual([]);
      }
    }
  });
});

describe('filling', () => {
  it('puts values in their places and leaves unknown ones to be seen', () => {
    expect(fill('{a} {b}', { a: 1 })).toBe('1 {b}');
    expect(textOf(calendarTexts, 'en')('year', { year: 2026 })).toBe('2026');
  });
});
