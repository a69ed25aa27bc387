import { applicationFormSchema, CARD_DOCUMENT_TYPES } from '@talent-card/shared/cards/schema';
import { FILE_TYPES, MAX_FILE_BYTES } from '@talent-card/shared/files/schema';
import { application, askedDocuments, check, draft, storedFile } from '@test/applications';
import { applyTexts } from '@/i18n/apply';
import { draftOf } from './draft';
import * as files from './files-rules';
import {
  blockingProblems,
  checkField,
  documentsToSend,
  fieldOfPath,
  isClosed,
  isReady,
  MAX_LENGTHS,
  otherProposal,
  SECTIONS,
  shownFields,
  toCheck,
  toSubmission,
} from './form-rules';

const TODAY = '2026-11-24';
const form = (over: Parameters<typeof draft>[0] = {}) => draft(over).form;

describe('the contract, where the phone repeats it without zod', () => {
  it('is the same for files and documents', () => {
    expect(files.MAX_FILE_BYTES).toBe(MAX_FILE_BYTES);
    expect(
      [...new Set(files.ACCEPTED_EXTENSIONS.map((ending) => files.typeOfName(`a.${ending}`)))].sort(),
    ).toEqual([...FILE_TYPES].sort());
    expect([...files.DOCUMENT_TYPES].sort()).toEqual([...CARD_DOCUMENT_TYPES].sort());
    for (const type of CARD_DOCUMENT_TYPES) expect(applyTexts).toHaveProperty(`doc-${type}`);
  });

  it.each(Object.entries(MAX_LENGTHS))('allows %s as many characters', (name, max) => {
    const { shape } = applicationFormSchema;
    const schema = shape[name as keyof typeof shape];
    expect(schema.safeParse('x'.repeat(max)).success).toBe(true);
    expect(schema.safeParse('x'.repeat(max + 1)).success).toBe(false);
  });

  it('asks for every field of the form and has a name for it', () => {
    const asked = SECTIONS.flatMap(({ fields }) => fields as readonly string[]).map((name) =>
      name === 'holding' ? 'category' : name,
    );
    expect(asked.sort()).toEqual(Object.keys(applicationFormSchema.shape).sort());
    for (const { fields } of SECTIONS)
      for (const name of fields) expect(applyTexts).toHaveProperty(`field-${name}`);
  });

  it('is kept by what is submitted', () => {
    const sent = toSubmission(form({ creditCode: '91371000613080138X' }), draft().documents, null, TODAY);
    expect(applicationFormSchema.safeParse(sent?.form).success).toBe(true);
  });
});

describe('a field by itself', () => {
  it.each([
    ['employer', { employer: '威' }, 'TOO_SHORT', false],
    ['employer', { employer: '   ' }, 'REQUIRED', false],
    ['mobile', { mobile: '1234' }, 'MOBILE_FORMAT', false],
    ['mobile', { mobile: '+86 138-0631-0001' }, null, false],
    ['employedSince', { employedSince: '2026-11-25' }, 'DATE_IN_FUTURE', false],
    ['employedSince', { employedSince: TODAY }, null, false],
    ['creditCode', { creditCode: '' }, null, false],
    ['creditCode', { creditCode: '9137100061308013' }, 'CREDIT_CODE_LENGTH', false],
    ['creditCode', { creditCode: '91371000613080138X' }, 'CREDIT_CODE_CHECK_DIGIT', true],
    ['holding', { holding: null }, 'REQUIRED', false],
  ] as const)('%s %o: %s', (name, over, code, warning) => {
    const problem = checkField(name, form(over), TODAY);
    expect(problem?.code ?? null).toBe(code);
    if (code) expect(problem?.warning).toBe(warning);
  });

  it('warns about a check character and lets it pass', () => {
    expect(blockingProblems(form({ creditCode: '91371000613080138X' }), TODAY)).toEqual({});
  });

  it('is asked for only where the answer before it makes sense of it', () => {
    expect(shownFields(form({ holding: '1' }))).toContain('provincialCardNumber');
    expect(shownFields(form({ holding: '1' }))).not.toContain('programme');
    expect(shownFields(form({ holding: 'unsure' }))).toEqual(
      expect.arrayContaining(['provincialCardNumber', 'programme']),
    );
    expect(toCheck(form({ holding: '2', programme: '英才计划' }), [], TODAY).form).not.toHaveProperty(
      'provincialCardNumber',
    );
  });
});

describe('what is sent', () => {
  it('leaves out what is empty or still wrong, so that half a form can be asked about', () => {
    const half = toCheck(form({ mobile: '138', employer: '', holding: 'unsure' }), [], TODAY);
    expect(half.form).not.toHaveProperty('mobile');
    expect(half.form).not.toHaveProperty('employer');
    expect(half.form).not.toHaveProperty('category');
    expect(half.form.position).toBe('研发工程师');
  });

  it('is submitted under the category that was found for somebody who was not sure', () => {
    expect(toSubmission(form({ holding: 'unsure' }), [], '2', TODAY)?.form.category).toBe('2');
    expect(toSubmission(form({ holding: 'unsure' }), [], null, TODAY)).toBeNull();
    expect(toSubmission(form({ mobile: '' }), [], null, TODAY)).toBeNull();
  });

  it('holds no document that the path has no use for, and none that goes by paper', () => {
    const documents = [
      ...draft().documents,
      { documentType: 'achievement' as const, file: storedFile({ fileId: 'b' }), attached: false },
    ];
    expect(documentsToSend(documents, askedDocuments).map((one) => one.documentType)).toEqual([
      'provincial-card',
    ]);
    expect(
      documentsToSend(
        documents,
        askedDocuments.map((slot) => ({ ...slot, offline: true })),
      ),
    ).toEqual([]);
    expect(documentsToSend(documents, undefined)).toHaveLength(2);
  });

  it('comes back from a returned application as it was', () => {
    const back = draftOf(application());
    const sent = toSubmission(back.form, back.documents, null, TODAY);
    expect(sent?.form).toEqual(application().form);
    expect(sent?.documents).toEqual([{ documentType: 'provincial-card', fileId: storedFile().fileId }]);
  });
});

describe('the service’s answer', () => {
  it('lets submit what lacks only the consent, and nothing whose category is not open', () => {
    expect(isReady(check({ maySubmit: false }))).toBe(true);
    expect(isReady(check({ maySubmit: false, missing: [{ kind: 'document', name: 'other' }] }))).toBe(false);
    expect(isReady(check({ maySubmit: false, missing: [] }))).toBe(false);
    expect(isReady(check({ opensSoon: true }))).toBe(false);
    expect(isClosed('3')).toBe(true);
    expect(isClosed('unsure')).toBe(false);
  });

  it('may know a better category than the person chose', () => {
    expect(otherProposal(form({ holding: '1' }), check({ proposedCategory: '2' }))).toBe('2');
    expect(otherProposal(form({ holding: '1' }), check())).toBeNull();
    expect(otherProposal(form({ holding: 'unsure' }), check({ proposedCategory: '2' }))).toBeNull();
  });

  it.each([
    ['form.mobile', 'mobile'],
    ['mobile', 'mobile'],
    ['form.category', 'holding'],
    ['documents.0.fileId', null],
    ['employment-contract', null],
  ])('places %s at %s', (path, field) => {
    expect(fieldOfPath(path)).toBe(field);
  });
});

describe('a file', () => {
  it.each([
    ['scan.PDF', 1, null],
    ['a.b.jpeg', files.MAX_FILE_BYTES, null],
    ['photo.heic', 1, 'FILE_TYPE_NOT_ALLOWED'],
    ['contract', 1, 'FILE_TYPE_NOT_ALLOWED'],
    ['scan.pdf', files.MAX_FILE_BYTES + 1, 'FILE_TOO_LARGE'],
    ['scan.pdf', 0, 'EMPTY'],
  ])('%s of %d bytes: %s', (name, sizeBytes, problem) => {
    expect(files.checkFile({ path: 'p', name, sizeBytes })).toBe(problem);
  });

  it('keeps its place when its kind is no longer asked for', () => {
    const slots = files.slotsOf([], draft().documents);
    expect(slots).toMatchObject([{ documentType: 'provincial-card', asked: false }]);
    expect(files.slotsOf(undefined, []).map((slot) => slot.documentType)).toEqual(files.DOCUMENT_TYPES);
  });
});
