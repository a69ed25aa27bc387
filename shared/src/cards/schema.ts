import * as z from 'zod';
import { DISTRICT_CODES, ZONE_CODES } from '../accounts/districts.js';
import {
  caseEventSchema,
  caseStepSchema,
  caseSummarySchema,
  correctionSchema,
  documentSlotSchema,
} from '../casework/schema.js';
import {
  cursorQuerySchema,
  fieldProblemSchema,
  idSchema,
  instantSchema,
  localizedTextSchema,
  serviceDateSchema,
  staffReasonSchema,
} from '../common/schema.js';
import { conditionSchema, eligibilitySchema } from '../eligibility/schema.js';
import { personSummarySchema } from '../people/schema.js';
import { CARD_STATES } from './card-state.js';
import { CARD_CATEGORIES, CARD_KINDS } from './categories.js';

/** Documents that a card application may carry. */
export const CARD_DOCUMENT_TYPES = [
  'provincial-card',
  'programme-notice',
  'employment-contract',
  'degree-certificate',
  'title-certificate',
  'achievement',
  'other',
] as const;
export type CardDocumentType = (typeof CARD_DOCUMENT_TYPES)[number];

/**
 * The one form for all four categories. Category `null` means that the person does not know: the server proposes one.
 * Identity is not asked again: it is the proven real name.
 */
export const applicationFormSchema = z.strictObject({
  category: z.enum(CARD_CATEGORIES),
  zoneCode: z.enum(DISTRICT_CODES).describe('Where the person works'),
  employer: z.string().trim().min(2).max(100),
  creditCode: z
    .string()
    .trim()
    .max(30)
    .optional()
    .describe('统一社会信用代码; a failing check character is only a warning'),
  position: z.string().trim().min(1).max(60),
  employedSince: serviceDateSchema,
  mobile: z.string().trim().min(1).max(20),
  provincialCardNumber: z.string().trim().max(40).optional(),
  programme: z.string().trim().max(100).optional(),
  programmeDocumentNumber: z.string().trim().max(60).optional(),
  achievements: z.string().trim().max(2000).optional(),
  offlineMaterial: z
    .boolean()
    .default(false)
    .describe('Classified material is handed in on paper (机要), never uploaded'),
});
export type ApplicationForm = z.input<typeof applicationFormSchema>;

export const applicationDocumentSchema = z.strictObject({
  documentType: z.enum(CARD_DOCUMENT_TYPES),
  fileId: idSchema,
});
export const checkApplicationSchema = z.strictObject({
  form: applicationFormSchema.partial(),
  documents: z.array(applicationDocumentSchema).max(30),
});
export type CheckApplication = z.input<typeof checkApplicationSchema>;
export const submitApplicationSchema = z.strictObject({
  form: applicationFormSchema,
  documents: z.array(applicationDocumentSchema).max(30),
  consentVersion: z.string().min(1).max(20),
});
export type SubmitApplication = z.input<typeof submitApplicationSchema>;
export const resubmitApplicationSchema = z.strictObject({
  version: z.number().int(),
  form: applicationFormSchema,
  documents: z.array(applicationDocumentSchema).max(30),
});

/** What still stands between the person and submitting: shown before, so that nobody submits in vain. */
export const applicationCheckSchema = z.object({
  proposedCategory: z.enum(CARD_CATEGORIES).nullable(),
  path: z.enum(['direct', 'reviewed']).nullable(),
  opensSoon: z.boolean().describe('The category is not open yet'),
  eligibility: eligibilitySchema.nullable(),
  missing: z
    .array(z.object({ kind: z.enum(['field', 'document', 'condition', 'consent']), name: z.string() }))
    .describe('Field of the form, document type, condition code or consent purpose; the clients word it'),
  documents: z.array(documentSlotSchema.omit({ files: true, receivedAt: true })),
  warnings: z
    .array(fieldProblemSchema)
    .optional()
    .describe('Looks wrong but does not block: a credit code whose check character fails'),
  workingDays: z.number().int().nullable().describe('How long the office takes at most'),
  maySubmit: z.boolean(),
});
export type ApplicationCheck = z.infer<typeof applicationCheckSchema>;

export const applicationSchema = caseSummarySchema.extend({
  form: applicationFormSchema,
  category: z.enum(CARD_CATEGORIES),
  documents: z.array(documentSlotSchema),
  steps: z.array(caseStepSchema),
  timeline: z.array(caseEventSchema),
  conditions: z.array(conditionSchema),
  corrections: z.array(correctionSchema).describe('What a returned application asks for'),
  decisionNote: z.string().nullable(),
  cardId: idSchema.nullable(),
  window: z
    .object({ name: localizedTextSchema, address: z.string(), phone: z.string(), demo: z.boolean() })
    .nullable()
    .describe('Whom to ask'),
});
export type Application = z.infer<typeof applicationSchema>;
export const applicationListSchema = z.object({
  items: z.array(caseSummarySchema.extend({ category: z.enum(CARD_CATEGORIES) })),
});

/** What an approval of a card application may say beside yes: `extra` of the decision. */
export const cardDecisionExtraSchema = z.strictObject({
  cardClass: z.string().max(10).optional(),
  rosterEntryId: idSchema
    .optional()
    .describe('The roster candidate that the clerk found to be the applicant; the card notes it'),
});
/** What who decides sees of a card application: `extra` of the case. */
export const cardCaseExtraSchema = z.object({
  rosterCandidates: z.array(
    z.object({
      entryId: idSchema,
      maskedName: z.string(),
      maskedIdentityNumber: z.string(),
      category: z.string(),
      programme: z.string().nullable(),
      employer: z.string().nullable(),
      differences: z.array(z.enum(['name', 'identity-number', 'category', 'expired', 'employer'])),
    }),
  ),
});
export type CardCaseExtra = z.infer<typeof cardCaseExtraSchema>;

/** A card as its holder sees it. */
export const cardSchema = z.object({
  cardId: idSchema,
  kind: z.enum(CARD_KINDS),
  number: z.string().describe('16 digits, the last two check digits (ISO 7064 MOD 97-10)'),
  holderName: z.string(),
  category: z.enum(CARD_CATEGORIES).nullable(),
  cardClass: z.string().nullable().describe('Null where the city runs one class only'),
  status: z.enum(CARD_STATES),
  validFrom: serviceDateSchema,
  validUntil: serviceDateSchema,
  issuedAt: instantSchema,
  statusReason: z.string().nullable().describe('Why it is suspended or revoked'),
  renewalOpensOn: serviceDateSchema,
  demo: z.boolean(),
});
export type Card = z.infer<typeof cardSchema>;
export const cardListSchema = z.object({ items: z.array(cardSchema) });

/** What a finder of the phone does not have. Compared through a keyed index; neither kept nor logged. */
export const reportFoundSchema = z.strictObject({
  identityNumber: z
    .string()
    .min(1)
    .max(40)
    .describe('The whole number of the document that the holder proved their name with'),
});

// ---- for staff

export const cardQuerySchema = cursorQuerySchema.extend({
  q: z.string().trim().max(100).optional().describe('Name, card number, or a whole identity number'),
  status: z.enum(CARD_STATES).optional(),
  zoneCode: z.enum(ZONE_CODES).optional(),
  category: z.enum(CARD_CATEGORIES).optional(),
  cardClass: z.string().max(10).optional(),
  expiresBefore: serviceDateSchema.optional(),
});
export type CardQuery = z.input<typeof cardQuerySchema>;
export const cardRowSchema = z.object({
  cardId: idSchema,
  number: z.string(),
  kind: z.enum(CARD_KINDS),
  holder: personSummarySchema,
  category: z.enum(CARD_CATEGORIES).nullable(),
  cardClass: z.string().nullable(),
  zoneCode: z.enum(ZONE_CODES),
  status: z.enum(CARD_STATES),
  validFrom: serviceDateSchema,
  validUntil: serviceDateSchema,
  issuedAt: instantSchema,
  version: z.number().int(),
});
export type CardRow = z.infer<typeof cardRowSchema>;
export const cardHistoryItemSchema = z.object({
  at: instantSchema,
  action: z.enum([
    'issued',
    'suspended',
    'reported-lost',
    'restored',
    'revoked',
    'expired',
    'class-changed',
    'renewed',
  ]),
  from: z.string().nullable(),
  to: z.string().nullable(),
  reason: z.string().nullable(),
  actorName: z.string().nullable().describe('Null for the system or the holder'),
});
export const cardDetailSchema = cardRowSchema.extend({
  history: z.array(cardHistoryItemSchema),
  classHistory: z.array(
    z.object({
      cardClass: z.string(),
      validFrom: serviceDateSchema,
      validUntil: serviceDateSchema.nullable(),
    }),
  ),
  caseId: idSchema.nullable(),
  rosterEntryId: idSchema.nullable(),
});
export type CardDetail = z.infer<typeof cardDetailSchema>;
export const changeClassSchema = staffReasonSchema.extend({
  cardClass: z.string().min(1).max(10),
  validFrom: serviceDateSchema,
});
export const cardClassListSchema = z.object({
  items: z.array(z.object({ code: z.string(), name: localizedTextSchema })),
});
