import { DISTRICT_CODES } from '@talent-card/shared/accounts/districts';
import { type CardCategory, OPEN_CATEGORIES } from '@talent-card/shared/cards/categories';
import type {
  ApplicationCheck,
  ApplicationForm,
  CardDocumentType,
  CheckApplication,
} from '@talent-card/shared/cards/schema';
import type { FieldProblemCode } from '@talent-card/shared/common/error-codes';
import { checkCreditCode } from '@talent-card/shared/validators/credit-code';
import { checkMobile } from '@talent-card/shared/validators/mobile';
import type { DraftDocument, FieldName, FormValues } from './draft';

/** The guided parts of the form, in their order, each with its fields. */
export const SECTIONS = [
  { key: 'place', fields: ['zoneCode'] },
  {
    key: 'holding',
    fields: ['holding', 'provincialCardNumber', 'programme', 'programmeDocumentNumber', 'achievements'],
  },
  { key: 'work', fields: ['employer', 'creditCode', 'position', 'employedSince'] },
  { key: 'contact', fields: ['mobile'] },
  { key: 'material', fields: ['offlineMaterial'] },
] as const satisfies readonly { key: string; fields: readonly FieldName[] }[];
export type SectionKey = (typeof SECTIONS)[number]['key'];

/** Longest text of each field, as the contract has it. */
export const MAX_LENGTHS = {
  employer: 100,
  creditCode: 30,
  position: 60,
  mobile: 20,
  provincialCardNumber: 40,
  programme: 100,
  programmeDocumentNumber: 60,
  achievements: 2000,
} as const satisfies Partial<Record<FieldName, number>>;

const REQUIRED: readonly FieldName[] = [
  'zoneCode',
  'holding',
  'employer',
  'position',
  'employedSince',
  'mobile',
];

/** Which fields the answer to "what do you hold" asks for; the others are neither shown nor sent. */
export function fieldsFor(holding: FormValues['holding']): readonly FieldName[] {
  switch (holding) {
    case '1':
      return ['provincialCardNumber'];
    case '2':
    case '3':
      return ['programme', 'programmeDocumentNumber'];
    case '4':
      return ['achievements'];
    case 'unsure':
      return ['provincialCardNumber', 'programme', 'programmeDocumentNumber'];
    case null:
      return [];
  }
}

/** Whether the category that the person named is not open yet. */
export function isClosed(holding: FormValues['holding']): boolean {
  return (
    holding !== null && holding !== 'unsure' && !(OPEN_CATEGORIES as readonly string[]).includes(holding)
  );
}

export interface Problem {
  code: FieldProblemCode;
  /** Worth a look and no reason to stop. */
  warning: boolean;
}

/** What is wrong with one field by itself, or null. `today` is the service day in Asia/Shanghai. */
export function checkField(name: FieldName, form: FormValues, today: string): Problem | null {
  const value = form[name];
  if (typeof value === 'boolean') return null;
  const text = value?.trim() ?? '';
  const wrong = (code: FieldProblemCode, warning = false): Problem => ({ code, warning });
  if (text === '') return REQUIRED.includes(name) ? wrong('REQUIRED') : null;
  switch (name) {
    case 'employer':
      return [...text].length < 2 ? wrong('TOO_SHORT') : null;
    case 'employedSince':
      return text > today ? wrong('DATE_IN_FUTURE') : null;
    case 'mobile': {
      const checked = checkMobile(text);
      return checked.ok ? null : wrong(checked.problem);
    }
    case 'creditCode': {
      const checked = checkCreditCode(text);
      // Lists that authorities publish hold codes whose check character fails.
      return checked.ok ? null : wrong(checked.problem, checked.problem === 'CREDIT_CODE_CHECK_DIGIT');
    }
    default:
      return null;
  }
}

/** Fields that are shown for this form, in reading order. */
export function shownFields(form: FormValues): FieldName[] {
  const chosen = fieldsFor(form.holding);
  return SECTIONS.flatMap(({ key, fields }): readonly FieldName[] =>
    key === 'holding' ? fields.filter((name) => name === 'holding' || chosen.includes(name)) : fields,
  ).slice();
}

/** Problems that keep the form from being sent, by field. */
export function blockingProblems(form: FormValues, today: string): Partial<Record<FieldName, Problem>> {
  const found: Partial<Record<FieldName, Problem>> = {};
  for (const name of shownFields(form)) {
    const problem = checkField(name, form, today);
    if (problem && !problem.warning) found[name] = problem;
  }
  return found;
}

type ApiDocuments = CheckApplication['documents'];
const apiDocuments = (documents: readonly DraftDocument[]): ApiDocuments =>
  documents.map(({ documentType, file }) => ({ documentType, fileId: file.fileId }));

/** Documents that travel with the form: not those that the path has no use for, and none where paper is handed in. */
export function documentsToSend(
  documents: readonly DraftDocument[],
  asked: ApplicationCheck['documents'] | undefined,
): DraftDocument[] {
  if (!asked) return [...documents];
  const open = asked.filter((slot) => !slot.offline).map((slot) => slot.documentType);
  return documents.filter(({ documentType }) => open.includes(documentType));
}

const isDistrict = (code: string): code is ApplicationForm['zoneCode'] =>
  (DISTRICT_CODES as readonly string[]).includes(code);

/** What can be asked about already: fields that are empty or still wrong are left out. */
export function toCheck(
  form: FormValues,
  documents: readonly DraftDocument[],
  today: string,
): CheckApplication {
  const sent: CheckApplication['form'] = { offlineMaterial: form.offlineMaterial };
  for (const name of shownFields(form)) {
    const problem = checkField(name, form, today);
    if (problem && !problem.warning) continue;
    if (name === 'holding') {
      // Somebody who does not know leaves it out, and the service proposes one.
      if (form.holding && form.holding !== 'unsure') sent.category = form.holding;
    } else if (name === 'zoneCode') {
      if (form.zoneCode && isDistrict(form.zoneCode)) sent.zoneCode = form.zoneCode;
    } else if (name !== 'offlineMaterial') {
      const text = form[name].trim();
      if (text) sent[name] = text;
    }
  }
  return { form: sent, documents: apiDocuments(documents) };
}

/**
 * The whole form as it is submitted, or null while something required is missing. `proposed` is the category that
 * the service found for somebody who does not know theirs.
 */
export function toSubmission(
  form: FormValues,
  documents: readonly DraftDocument[],
  proposed: CardCategory | null,
  today: string,
): { form: ApplicationForm; documents: ApiDocuments } | null {
  if (Object.keys(blockingProblems(form, today)).length > 0) return null;
  const {
    category = proposed,
    zoneCode,
    employer,
    position,
    employedSince,
    mobile,
    ...others
  } = toCheck(form, documents, today).form;
  if (category === null || !zoneCode || !employer || !position || !employedSince || !mobile) return null;
  return {
    form: { ...others, category, zoneCode, employer, position, employedSince, mobile },
    documents: apiDocuments(documents),
  };
}

/** Field of the form that a path of the contract names: `form.category` is what the person holds. */
export function fieldOfPath(path: string): FieldName | null {
  const name = path.replace(/^form\./, '').split('.')[0] ?? '';
  if (name === 'category') return 'holding';
  return SECTIONS.some(({ fields }) => (fields as readonly string[]).includes(name))
    ? (name as FieldName)
    : null;
}

export function sectionOf(field: FieldName): SectionKey {
  return SECTIONS.find(({ fields }) => (fields as readonly FieldName[]).includes(field))?.key ?? 'place';
}

/** The service's proposal, where it differs from what the person chose themselves. */
export function otherProposal(form: FormValues, check: ApplicationCheck | undefined): CardCategory | null {
  const proposed = check?.proposedCategory ?? null;
  if (form.holding === null || form.holding === 'unsure') return null;
  return proposed === form.holding ? null : proposed;
}

/** Types of document that are still asked for, by the service's own list. */
export function missingDocuments(check: ApplicationCheck | undefined): CardDocumentType[] {
  return (check?.missing ?? [])
    .filter((item) => item.kind === 'document')
    .map((item) => item.name as CardDocumentType);
}

/** What stands in the way beyond the consent, which is asked for on the review page. */
export function standsInTheWay(check: ApplicationCheck): ApplicationCheck['missing'] {
  return check.missing.filter((item) => item.kind !== 'consent');
}

/** Whether submitting has a point: only the consent, if anything, is left to give. */
export function isReady(check: ApplicationCheck): boolean {
  if (check.opensSoon) return false;
  return check.maySubmit || (check.missing.length > 0 && standsInTheWay(check).length === 0);
}
