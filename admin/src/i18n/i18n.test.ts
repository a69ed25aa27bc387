import { PERMISSIONS, ROLE_NAMES, STAFF_ROLES } from '@talent-card/shared/accounts/permissions';
import { BOOKING_STATES } from '@talent-card/shared/bookings/booking-state';
import { DAY_KINDS } from '@talent-card/shared/calendar/schema';
import { CODE_PLATFORMS, clerkDeviceSchema } from '@talent-card/shared/card-code/schema';
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
import { CHANNEL_USES, QUOTA_WINDOWS } from '@talent-card/shared/channels/channel-groups';
import { ERROR_CODES, FIELD_PROBLEMS } from '@talent-card/shared/common/error-codes';
import { placesOf } from '@talent-card/shared/common/fill-text';
import { wrongPlurals } from '@talent-card/shared/common/wrong-plurals';
import { CONDITION_REASONS } from '@talent-card/shared/eligibility/codes';
import { CALL_BACK_STATES } from '@talent-card/shared/feedback/call-back-state';
import { DELIVERY_CHANNELS, DELIVERY_STATES, MESSAGE_KINDS } from '@talent-card/shared/messages/schema';
import { IMPORT_STATES } from '@talent-card/shared/people/import-state';
import { FACT_KINDS, FACT_SOURCES, ROW_PROBLEMS } from '@talent-card/shared/people/schema';
import { EXPORT_KINDS, EXPORT_STATES } from '@talent-card/shared/statistics/schema';
import { SETTLE_REASONS } from '@talent-card/shared/uses/schema';
import { USE_STATES } from '@talent-card/shared/uses/use-state';
import { VERDICTS } from '@talent-card/shared/uses/verdicts';
import { IDENTITY_TYPES } from '@talent-card/shared/validators/identity-document';
import { describe, expect, it } from 'vitest';
import { calendarTexts, dayKindTexts } from './calendar.js';
import { cardsTexts } from './cards.js';
import { casesTexts } from './cases.js';
import { channelActionTexts, channelUseTexts, quotaLimitTexts, quotaWindowTexts } from './channels.js';
import { conditionTexts } from './conditions.js';
import { clerkDeviceStateTexts, codePlatformTexts } from './devices.js';
import * as domain from './domain.js';
import { errorTexts, fieldProblemTexts } from './errors.js';
import { exportKindTexts, exportStateTexts } from './exports.js';
import { callBackStateTexts } from './feedback.js';
import { type Texts, textOf } from './index.js';
import { deliveryChannelTexts, deliveryStateTexts, messageKindTexts } from './messages.js';
import { importStateTexts, rowProblemTexts } from './roster.js';
import { settleHelpTexts, settleReasonTexts } from './uses.js';
import { verdictAdviceTexts, verdictTexts } from './window.js';

const files = import.meta.glob<Record<string, unknown>>('./*.ts', { eager: true });

const isTexts = (value: unknown): value is Texts =>
  typeof value === 'object' && value !== null && 'zh' in value && 'en' in value;

const dictionaries = Object.entries(files).flatMap(([file, exports]) =>
  Object.entries(exports)
    .filter((entry): entry is [string, Texts] => isTexts(entry[1]))
    .map(([name, texts]) => ({ name: `${file} ${name}`, texts })),
);

describe('every dictionary', () => {
  it('is found', () => expect(dictionaries.length).toBeGreaterThan(20));

  it.each(dictionaries)('$name says the same in both languages', ({ texts }) => {
    expect(Object.keys(texts.en).sort()).toEqual(Object.keys(texts.zh).sort());
    for (const [key, zh] of Object.entries(texts.zh)) {
      const en = texts.en[key] ?? '';
      expect(placesOf(en), key).toEqual(placesOf(zh));
      expect(en.trim(), key).not.toBe('');
      expect(zh.trim(), key).not.toBe('');
      if (!key.startsWith('difference.') && key !== 'weekdays')
        expect(en, key).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it.each(dictionaries)('$name counts one thing as one in English', ({ texts }) => {
    const wrong = Object.entries(texts.en).flatMap(([key, en]) =>
      wrongPlurals(en).map((part) => [key, part]),
    );
    expect(wrong).toEqual([]);
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
    ['booking states', BOOKING_STATES, domain.bookingStateTexts],
    ['use states', USE_STATES, domain.useStateTexts],
    ['ways of use', CHANNEL_USES, channelUseTexts],
    ['what a channel asks for', CHANNEL_USES, channelActionTexts],
    ['windows of a quota', QUOTA_WINDOWS, quotaWindowTexts],
    ['limits of a quota', QUOTA_WINDOWS, quotaLimitTexts],
    ['verdicts', VERDICTS, verdictTexts],
    ['advice after a verdict', VERDICTS, verdictAdviceTexts],
    ['reasons to settle', SETTLE_REASONS, settleReasonTexts],
    ['help to settle', SETTLE_REASONS, settleHelpTexts],
    ['states of a call back', CALL_BACK_STATES, callBackStateTexts],
    ['states of a clerk device', clerkDeviceSchema.shape.status.options, clerkDeviceStateTexts],
    ['kinds of message', MESSAGE_KINDS, messageKindTexts],
    ['ways of delivery', DELIVERY_CHANNELS, deliveryChannelTexts],
    ['states of delivery', DELIVERY_STATES, deliveryStateTexts],
    ['kinds of export', EXPORT_KINDS, exportKindTexts],
    ['states of an export', EXPORT_STATES, exportStateTexts],
    ['platforms', CODE_PLATFORMS, codePlatformTexts],
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
        const used = placesOf((conditionTexts.zh as Record<string, string>)[reason] ?? '');
        expect(
          used.filter((name) => !given.includes(name ?? '')),
          reason,
        ).toEqual([]);
        // The condition itself is shown beside any of its reasons, so each has to bring what it needs.
        const asked = placesOf((conditionTexts.zh as Record<string, string>)[code] ?? '');
        expect(
          asked.filter((name) => !given.includes(name ?? '')),
          `${code} with ${reason}`,
        ).toEqual([]);
      }
    }
  });
});

describe('filling', () => {
  it('puts values in their places and picks the English word by the number', () => {
    expect(textOf(calendarTexts, 'en')('year', { year: 2026 })).toBe('2026');
    const t = textOf(casesTexts, 'en');
    expect(t('daysLeft', { days: 1 })).toBe('1 working day left');
    expect(t('daysLeft', { days: 2 })).toBe('2 working days left');
    expect(textOf(casesTexts, 'zh-CN')('daysLeft', { days: 1 })).not.toContain('{');
  });
});
