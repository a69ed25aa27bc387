import { type CardCategory, OPEN_CATEGORIES } from '@talent-card/shared/cards/categories';
import type {
  ApplicationCheck,
  applicationFormSchema,
  CardDocumentType,
} from '@talent-card/shared/cards/schema';
import type { FieldProblem, LocalizedText } from '@talent-card/shared/common/schema';
import type { Eligibility } from '@talent-card/shared/eligibility/schema';
import { checkCreditCode } from '@talent-card/shared/validators/credit-code';
import { checkMobile } from '@talent-card/shared/validators/mobile';
import type * as z from 'zod';
import type { DocumentRequirement } from '../../../core/casework/case-definition.js';
import type { KnownFact } from '../../../core/eligibility/rule-set.js';
import { programmeLevel } from '../../../core/people/roster/programme-level.js';

/** The form as the schema has cleaned it. */
export type ParsedForm = z.output<typeof applicationFormSchema>;
/** The same while it is being filled in. */
export type DraftForm = Partial<ParsedForm>;

export type Missing = ApplicationCheck['missing'][number];

/** Working days of the window step, [D] in DOMAIN §2. */
export const WINDOW_WORKING_DAYS = 3;
/** Five in the district and five in the city, [D] in DOMAIN §2. */
export const REVIEW_WORKING_DAYS = 10;

export const isOpenCategory = (category: CardCategory): boolean =>
  (OPEN_CATEGORIES as readonly CardCategory[]).includes(category);

/** 1 and 2 are issued directly, 3 and 4 reviewed. */
export const pathOf = (category: CardCategory): 'direct' | 'reviewed' =>
  isOpenCategory(category) ? 'direct' : 'reviewed';

const DOCUMENT_NAMES: Record<CardDocumentType, LocalizedText> = {
  'provincial-card': { zh: '山东惠才卡', en: 'Shandong Huicai card' },
  'programme-notice': { zh: '人才工程入选文件', en: 'Notice of selection for the programme' },
  'employment-contract': { zh: '劳动合同或任职文件', en: 'Employment contract or appointment' },
  'degree-certificate': { zh: '学历学位证书', en: 'Degree certificate' },
  'title-certificate': { zh: '职称证书', en: 'Certificate of professional title' },
  achievement: { zh: '业绩成果材料', en: 'Evidence of achievements' },
  other: { zh: '其他材料', en: 'Other material' },
};

const DOCUMENTS: Record<CardCategory, { required: CardDocumentType[]; optional: CardDocumentType[] }> = {
  '1': { required: ['provincial-card'], optional: ['employment-contract', 'other'] },
  '2': { required: ['programme-notice'], optional: ['employment-contract', 'achievement', 'other'] },
  '3': {
    required: ['programme-notice', 'employment-contract'],
    optional: ['degree-certificate', 'title-certificate', 'achievement', 'other'],
  },
  '4': {
    required: ['employment-contract'],
    optional: ['degree-certificate', 'title-certificate', 'achievement', 'other'],
  },
};

/**
 * The documents of a category. Where some of it is classified nothing at all may be uploaded: the office would
 * otherwise have to trust that each file was told apart rightly (机要 rule of the provincial card).
 */
export function documentsFor(category: CardCategory, offlineMaterial: boolean): DocumentRequirement[] {
  const { required, optional } = DOCUMENTS[category];
  const slot = (needed: boolean) => (documentType: CardDocumentType) => ({
    documentType,
    name: DOCUMENT_NAMES[documentType],
    required: needed,
    offline: offlineMaterial,
  });
  return [...required.map(slot(true)), ...optional.map(slot(false))];
}

const ALWAYS = ['category', 'zoneCode', 'employer', 'position', 'employedSince', 'mobile'] as const;
/** What a category asks for beside, unless the roster says it already. */
const BESIDE: Partial<Record<CardCategory, keyof ParsedForm>> = {
  '1': 'provincialCardNumber',
  '2': 'programme',
};

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Fields that the form still lacks. */
export function missingFields(form: DraftForm, category: CardCategory | null, listed: boolean): string[] {
  const beside = category && !listed ? BESIDE[category] : undefined;
  const needed: readonly (keyof ParsedForm)[] = beside ? [...ALWAYS, beside] : ALWAYS;
  return needed.filter((field) => isEmpty(form[field]));
}

/** Required documents that were not added; paper is not counted, it is handed in later. */
export function missingDocuments(
  slots: readonly DocumentRequirement[],
  documents: readonly { documentType: string }[],
): string[] {
  const added = new Set(documents.map((one) => one.documentType));
  return slots
    .filter((slot) => slot.required && !slot.offline && !added.has(slot.documentType))
    .map((slot) => slot.documentType);
}

/** Fields that are filled in wrongly, and the form with those that could be cleaned. */
export function checkFields<F extends DraftForm>(
  form: F,
  today: string,
): { form: F; problems: FieldProblem[]; warnings: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const warnings: FieldProblem[] = [];
  const clean: F = { ...form };
  if (!isEmpty(form.mobile)) {
    const mobile = checkMobile(form.mobile ?? '');
    if (mobile.ok) clean.mobile = mobile.value;
    else problems.push({ path: 'form.mobile', code: mobile.problem });
  }
  if (!isEmpty(form.creditCode)) {
    const creditCode = checkCreditCode(form.creditCode ?? '');
    if (creditCode.ok) clean.creditCode = creditCode.value;
    // Lists published by authorities hold codes that fail it, so it must not stop anybody.
    else if (creditCode.problem === 'CREDIT_CODE_CHECK_DIGIT') {
      warnings.push({ path: 'form.creditCode', code: creditCode.problem });
    } else problems.push({ path: 'form.creditCode', code: creditCode.problem });
  }
  if (form.employedSince && form.employedSince > today) {
    problems.push({ path: 'form.employedSince', code: 'DATE_IN_FUTURE' });
  }
  return { form: clean, problems, warnings };
}

/** What the person says of themselves, as facts that nobody has checked. */
export function ownWord(form: DraftForm): KnownFact[] {
  const facts: KnownFact[] = [];
  const { employer, zoneCode, position, employedSince } = form;
  if (employer && zoneCode && position && employedSince) {
    facts.push({
      kind: 'employment',
      source: 'self',
      value: {
        employer,
        creditCode: form.creditCode ?? null,
        zoneCode,
        position,
        since: employedSince,
        until: null,
      },
    });
  }
  if (form.provincialCardNumber) {
    const value = { number: form.provincialCardNumber, validUntil: null };
    facts.push({ kind: 'provincial-card', source: 'self', value });
  }
  if (form.programme) {
    const { programme: name, programmeDocumentNumber: documentNumber = null } = form;
    const value = { name, level: programmeLevel(name), year: null, documentNumber };
    facts.push({ kind: 'programme', source: 'self', value });
  }
  return facts;
}

/** The facts without provincial cards that have run out, where the person states the number of a newer one. */
export function withoutReplacedCards(
  facts: readonly KnownFact[],
  form: DraftForm,
  today: string,
): KnownFact[] {
  const stated = form.provincialCardNumber;
  return facts.filter(({ kind, value }) => {
    if (kind !== 'provincial-card' || isEmpty(stated) || value.number === stated) return true;
    return typeof value.validUntil !== 'string' || value.validUntil >= today;
  });
}

/**
 * The category that fits best what is known: the roster's word first, then the person's own choice, then what their
 * facts and fields point to. Null when nothing points anywhere.
 */
export function proposeCategory(
  form: DraftForm,
  listedAs: readonly CardCategory[],
  facts: readonly KnownFact[],
): CardCategory | null {
  if (form.category && listedAs.includes(form.category)) return form.category;
  const [listed] = [...listedAs].sort();
  if (listed) return listed;
  if (form.category) return form.category;
  if (facts.some((fact) => fact.kind === 'provincial-card')) return '1';
  return facts.some((fact) => fact.kind === 'programme') ? '2' : null;
}

/** Conditions that are known not to hold. What is only unknown does not stop anybody: a window looks at it. */
export function missingConditions(eligibility: Eligibility | null): string[] {
  return (eligibility?.conditions ?? [])
    .filter((condition) => condition.outcome === 'unmet')
    .map((condition) => condition.code);
}
