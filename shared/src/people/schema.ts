import * as z from 'zod';
import { ZONE_CODES } from '../accounts/districts.js';
import { CARD_CATEGORIES } from '../cards/categories.js';
import { cursorQuerySchema, idSchema, instantSchema, serviceDateSchema } from '../common/schema.js';
import { IDENTITY_TYPES } from '../validators/identity-document.js';
import { IMPORT_STATES } from './import-state.js';

/** Where a fact comes from. `self` is the person's own word, everything else somebody checked. */
export const FACT_SOURCES = [
  'roster',
  'identity-check',
  'education-registry',
  'social-insurance',
  'business-registry',
  'window',
  'self',
] as const;
export type FactSource = (typeof FACT_SOURCES)[number];

/**
 * Facts known of a person, each kind with the shape of its value. A rule reads them from one snapshot and never
 * asks the outside itself. Days are Asia/Shanghai.
 */
export const factValueSchemas = {
  /** 学位学历, 学信网. */
  degree: z.object({
    level: z.enum(['doctor', 'master', 'bachelor', 'college']),
    school: z.string(),
    field: z.string(),
    graduatedOn: serviceDateSchema,
    doubleFirstClass: z.boolean().default(false),
  }),
  /** 参保缴费, 社保. `since` is the first month of the unbroken run, as its first day. */
  employment: z.object({
    employer: z.string(),
    creditCode: z.string().nullable(),
    zoneCode: z.enum(ZONE_CODES),
    position: z.string(),
    since: serviceDateSchema,
    until: serviceDateSchema.nullable(),
  }),
  /** 企业登记, 工商: for founders. */
  business: z.object({
    name: z.string(),
    creditCode: z.string(),
    role: z.enum(['legal-representative', 'shareholder', 'executive']),
    registeredOn: serviceDateSchema,
  }),
  /** 山东惠才卡. */
  'provincial-card': z.object({ number: z.string(), validUntil: serviceDateSchema.nullable() }),
  /** 人才工程: a municipal, provincial or national programme the person was chosen for. */
  programme: z.object({
    name: z.string(),
    level: z.enum(['municipal', 'provincial', 'national']),
    year: z.number().int().nullable(),
    documentNumber: z.string().nullable(),
  }),
  /** A row of the talent roster that names the person for a category of card. */
  'roster-entry': z.object({
    entryId: idSchema,
    category: z.enum(CARD_CATEGORIES),
    validUntil: serviceDateSchema.nullable(),
  }),
} as const;
export const FACT_KINDS = Object.keys(factValueSchemas) as (keyof typeof factValueSchemas)[];
export type FactKind = keyof typeof factValueSchemas;
export type FactValue<K extends FactKind = FactKind> = z.infer<(typeof factValueSchemas)[K]>;

export const factSchema = z.object({
  factId: idSchema,
  kind: z.enum(FACT_KINDS as [FactKind, ...FactKind[]]),
  value: z.record(z.string(), z.unknown()).describe('Shape by kind, see factValueSchemas'),
  source: z.enum(FACT_SOURCES),
  observedAt: instantSchema.describe('When the source said so'),
  proofFileId: idSchema.nullable(),
});
export type Fact = z.infer<typeof factSchema>;

export const recordFactSchema = z.strictObject({
  kind: z.enum(FACT_KINDS as [FactKind, ...FactKind[]]),
  value: z.record(z.string(), z.unknown()),
  proofFileId: idSchema.optional(),
});
export const matchFactsSchema = z.strictObject({
  source: z.enum(['education-registry', 'social-insurance', 'business-registry']),
});

/** A person as staff see them in a list: masked. */
export const personSummarySchema = z.object({
  personId: idSchema,
  maskedName: z.string(),
  identityType: z.enum(IDENTITY_TYPES),
  maskedIdentityNumber: z.string(),
  zoneCode: z.enum(ZONE_CODES).nullable(),
});
export type PersonSummary = z.infer<typeof personSummarySchema>;
export const personDetailSchema = personSummarySchema.extend({
  name: z.string(),
  birthDate: serviceDateSchema.nullable(),
  nationality: z.string().nullable(),
  maskedPhone: z.string().nullable(),
  signedIn: z.boolean().describe('Whether a WeChat account is bound to this person'),
  facts: z.array(factSchema),
});
export type PersonDetail = z.infer<typeof personDetailSchema>;
export const identityRevealSchema = z.object({ identityNumber: z.string(), phone: z.string().nullable() });
export type IdentityReveal = z.infer<typeof identityRevealSchema>;

// ---- talent roster (人才库)

export const rosterEntrySchema = z.object({
  entryId: idSchema,
  maskedName: z.string(),
  identityType: z.enum(IDENTITY_TYPES),
  maskedIdentityNumber: z.string(),
  category: z.enum(CARD_CATEGORIES),
  programme: z.string().nullable(),
  documentNumber: z.string().nullable(),
  employer: z.string().nullable(),
  zoneCode: z.enum(ZONE_CODES),
  cardClass: z.string().nullable(),
  validUntil: serviceDateSchema.nullable(),
  batchId: idSchema,
  status: z.enum(['active', 'superseded', 'withdrawn']),
  used: z.boolean().describe('Whether a card was issued because of it'),
  createdAt: instantSchema,
});
export type RosterEntry = z.infer<typeof rosterEntrySchema>;
export const rosterQuerySchema = cursorQuerySchema.extend({
  q: z
    .string()
    .trim()
    .max(100)
    .optional()
    .describe('Name, employer or programme; or a whole identity number'),
  category: z.enum(CARD_CATEGORIES).optional(),
  zoneCode: z.enum(ZONE_CODES).optional(),
  batchId: idSchema.optional(),
});
export type RosterQuery = z.input<typeof rosterQuerySchema>;

/** Columns of the roster file, in the order of the template. `required` ones must be present as columns. */
export const ROSTER_COLUMNS = [
  { key: 'name', title: '姓名', aliases: ['名字', '人才姓名', 'Name'], required: true },
  { key: 'identityType', title: '证件类型', aliases: ['证件种类', 'ID type'], required: false },
  {
    key: 'identityNumber',
    title: '证件号码',
    aliases: ['身份证号', '身份证号码', '证件号', 'ID number'],
    required: true,
  },
  {
    key: 'category',
    title: '人才类别',
    aliases: ['类别', '认定类别', '申领类别', 'Category'],
    required: true,
  },
  {
    key: 'programme',
    title: '人才工程',
    aliases: ['入选工程', '人才称号', '称号', 'Programme'],
    required: false,
  },
  { key: 'documentNumber', title: '文号', aliases: ['认定文号', '文件号', 'Document'], required: false },
  {
    key: 'provincialCardNumber',
    title: '惠才卡号',
    aliases: ['山东惠才卡号', '惠才卡编号'],
    required: false,
  },
  {
    key: 'employer',
    title: '工作单位',
    aliases: ['单位', '用人单位', '所在单位', 'Employer'],
    required: false,
  },
  {
    key: 'creditCode',
    title: '统一社会信用代码',
    aliases: ['信用代码', '统一代码', 'Credit code'],
    required: false,
  },
  { key: 'zone', title: '所属区市', aliases: ['区市', '所在区', '区域', 'District'], required: true },
  { key: 'cardClass', title: '人才层次', aliases: ['层次', '类', '级别', 'Class'], required: false },
  {
    key: 'mobile',
    title: '手机号',
    aliases: ['联系电话', '手机', '手机号码', '电话', 'Mobile'],
    required: false,
  },
  { key: 'validUntil', title: '有效期至', aliases: ['到期日', '有效期', 'Valid until'], required: false },
] as const;
export type RosterColumnKey = (typeof ROSTER_COLUMNS)[number]['key'];

/** Why a row of a roster file is not taken (error) or taken with a remark (warning). */
export const ROW_PROBLEMS = [
  'ROW_REQUIRED',
  'ROW_NAME',
  'ROW_IDENTITY_TYPE',
  'ROW_IDENTITY_NUMBER',
  'ROW_IDENTITY_CHECK_DIGIT',
  'ROW_CATEGORY',
  'ROW_ZONE',
  'ROW_CARD_CLASS',
  'ROW_MOBILE',
  'ROW_DATE',
  'ROW_DATE_PAST',
  'ROW_TOO_LONG',
  'ROW_DUPLICATE_IN_FILE',
  'ROW_CREDIT_CODE_WARNING',
  'ROW_UNCHANGED_WARNING',
  'ROW_NUMBER_AS_FLOAT',
] as const;
export type RowProblemCode = (typeof ROW_PROBLEMS)[number];
export const rowProblemSchema = z.object({
  row: z.number().int().describe('Row number as the spreadsheet shows it, from 1'),
  column: z.string().describe('Heading of the column as the file has it'),
  code: z.enum(ROW_PROBLEMS),
  severity: z.enum(['error', 'warning']),
  hint: z.string().nullable().describe('Masked excerpt or the row it collides with'),
});
export type RowProblem = z.infer<typeof rowProblemSchema>;

export const importBatchSchema = z.object({
  batchId: idSchema,
  fileName: z.string(),
  status: z.enum(IMPORT_STATES),
  createdBy: z.string().describe('Display name of the member of staff'),
  createdAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  rowsTotal: z.number().int(),
  rowsChecked: z.number().int(),
  rowsFailed: z.number().int(),
  rowsWarned: z.number().int(),
  rowsNew: z.number().int(),
  rowsChanged: z.number().int(),
  rowsUnchanged: z.number().int(),
  rowsApplied: z.number().int(),
  cardsCaused: z
    .number()
    .int()
    .describe('Cards issued because of rows of this batch; undo is refused above 0'),
  failureCode: z.string().nullable(),
  version: z.number().int(),
});
export type ImportBatch = z.infer<typeof importBatchSchema>;
export const importProblemsSchema = z.object({
  items: z.array(rowProblemSchema),
  nextCursor: z.string().nullable(),
});
export const versionSchema = z.strictObject({ version: z.number().int() });
