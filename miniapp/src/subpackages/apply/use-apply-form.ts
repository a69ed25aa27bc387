import type { Application, ApplicationCheck } from '@talent-card/shared/cards/schema';
import type { FieldProblemCode } from '@talent-card/shared/common/error-codes';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '@/platform/api-error';
import { clock, serviceDay } from '@/platform/clock';
import { queryClient } from '@/platform/query';
import { useSubmit } from '@/platform/use-submit';
import { resubmitApplication, submitApplication, useApplicationCheck } from '@/services/applications';
import {
  changeDraft,
  type DraftOwner,
  draftOf,
  emptyDraft,
  type FieldName,
  type FormValues,
  replaceDraft,
  useDraft,
} from './draft';
import { isDocumentType } from './files-rules';
import {
  blockingProblems,
  checkField,
  documentsToSend,
  fieldOfPath,
  isClosed,
  isReady,
  type Problem,
  SECTIONS,
  type SectionKey,
  sectionOf,
  shownFields,
  standsInTheWay,
  toCheck,
  toSubmission,
} from './form-rules';
import { scrollToId, scrollToTop } from './parts/scroll';
import { useDebounced } from './parts/use-debounced';

const CHECK_AFTER_MS = 600;

export type Missing = ApplicationCheck['missing'][number];

/** The office's note on a field of a returned application, and whether the field was changed since. */
export interface Fix {
  note: string;
  changed: boolean;
}

/** Everything that the form can be in; the page only lays it out. */
export function useApplyForm(owner: DraftOwner, application: Application | null) {
  const original = useMemo(() => (application ? draftOf(application) : emptyDraft()), [application]);
  const draft = useDraft(owner, () => original);
  const { form, documents } = draft;
  const today = serviceDay(clock.now());

  const [resumed] = useState(draft.savedAt);
  const [mode, setMode] = useState<'fill' | 'review'>('fill');
  const [visited, setVisited] = useState<ReadonlySet<FieldName>>(new Set());
  const [tried, setTried] = useState(false);
  const [told, setTold] = useState<Partial<Record<FieldName, FieldProblemCode>>>({});
  const [open, setOpen] = useState<ReadonlySet<SectionKey>>(
    () => new Set(firstSections(form, today, application)),
  );

  const body = useDebounced(toCheck(form, documents, today), CHECK_AFTER_MS);
  const check = useApplicationCheck(form.holding ? body : null);
  // An answer to what stood here before says nothing about what stands here now.
  const answer = form.holding ? check.data : undefined;
  const proposed = answer?.proposedCategory ?? null;

  const submission = useSubmit(
    (input: NonNullable<ReturnType<typeof toSubmission>>, key: string): Promise<Application> =>
      application
        ? resubmitApplication({ caseId: application.caseId, version: application.version, ...input }, key)
        : submitApplication(input, key),
  );

  const local = blockingProblems(form, today);
  const blocking = useMemo(() => missingOf(form, local, answer), [form, local, answer]);

  const openSection = (key: SectionKey) => setOpen((now) => new Set([...now, key]));
  const goTo = (missing: Missing) => {
    const field = missing.kind === 'field' ? fieldOfPath(missing.name) : null;
    const section = field ? sectionOf(field) : missing.kind === 'document' ? 'material' : null;
    setMode('fill');
    if (section) openSection(section);
    scrollToId(field ? `f-${field}` : section ? `s-${section}` : 'path', Boolean(field));
  };

  const openAt = (key: SectionKey) => {
    setMode('fill');
    openSection(key);
    scrollToId(`s-${key}`, false);
  };

  // What the service found wrong lands at its field, and the first of them comes into view.
  const handled = useRef<unknown>(null);
  const { error } = submission;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each new answer
  useEffect(() => {
    if (!(error instanceof ApiError) || handled.current === error) return;
    handled.current = error;
    if (error.code === 'CASE_INCOMPLETE')
      void queryClient.invalidateQueries({ queryKey: ['application-check'] });
    const wrong: Partial<Record<FieldName, FieldProblemCode>> = {};
    for (const { path, code } of error.fields) {
      const field = fieldOfPath(path);
      if (field) wrong[field] = code as FieldProblemCode;
    }
    const first = shownFields(form).find((name) => wrong[name]);
    if (!first) {
      if (error.fields.some(({ path }) => path.startsWith('documents'))) openAt('material');
      return;
    }
    setTold(wrong);
    setOpen((now) => new Set([...now, ...(Object.keys(wrong) as FieldName[]).map(sectionOf)]));
    setMode('fill');
    scrollToId(`f-${first}`);
  }, [error]);

  const problemOf = (name: FieldName): Problem | null => {
    const answered = told[name];
    if (answered) return { code: answered, warning: false };
    if (!tried && !visited.has(name)) return null;
    const found = checkField(name, form, today);
    if (found) return found;
    const missing =
      tried && blocking.some((item) => item.kind === 'field' && fieldOfPath(item.name) === name);
    return missing ? { code: 'REQUIRED', warning: false } : null;
  };

  /** Corrections that the office asked for and that are still as they were; the person may know better. */
  const unmended = (application?.corrections ?? []).filter(({ field }) => {
    const name = isDocumentType(field) ? field : fieldOfPath(field);
    return name !== null && !isChanged(name, draft, original);
  }).length;

  return {
    unmended,
    draft,
    form,
    documents,
    today,
    /** When the draft that was found had been saved; null when the form began empty. */
    resumed,
    mode,
    open,
    check,
    answer,
    blocking,
    submission,
    /** The category cannot be applied for yet: the person's own choice, or what the service found. */
    closed: isClosed(form.holding) || Boolean(answer?.opensSoon),
    ready: Object.keys(local).length === 0 && (answer ? isReady(answer) : form.holding !== 'unsure'),
    wrongCount: Object.keys(told).length,
    problemOf,
    fixOf: (name: FieldName | string): Fix | null => {
      const note = application?.corrections
        .filter((one) => (isDocumentType(name) ? one.field === name : fieldOfPath(one.field) === name))
        .map((one) => one.note)
        .join('；');
      if (!note) return null;
      return { note, changed: isChanged(name, draft, original) };
    },
    set: <N extends FieldName>(name: N, value: FormValues[N]) => {
      changeDraft(owner, (now) => ({ form: { ...now.form, [name]: value } }));
      setTold(({ [name]: _mended, ...others }) => others as typeof told);
    },
    visit: (name: FieldName) => setVisited((now) => new Set([...now, name])),
    toggle: (key: SectionKey) =>
      setOpen((now) => new Set(now.has(key) ? [...now].filter((one) => one !== key) : [...now, key])),
    /** Closes a part and goes on to the one after it. */
    goOn: (key: SectionKey) => {
      const next = SECTIONS[SECTIONS.findIndex((section) => section.key === key) + 1];
      setVisited((now) => new Set([...now, ...shownFields(form).filter((name) => sectionOf(name) === key)]));
      if (!next) return;
      setOpen((now) => new Set([...[...now].filter((one) => one !== key), next.key]));
      scrollToId(`s-${next.key}`, false);
    },
    goTo,
    openAt,
    /** To the review, or to the first thing that is missing. */
    review: () => {
      setTried(true);
      const first = blocking[0];
      if (first) goTo(first);
      else {
        setMode('review');
        scrollToTop();
      }
    },
    backToForm: () => setMode('fill'),
    submit: async (): Promise<Application | null> => {
      const input = toSubmission(form, documentsToSend(documents, answer?.documents), proposed, today);
      if (!input) {
        setMode('fill');
        setTried(true);
        return null;
      }
      const sent = await submission.submit(input);
      if (sent) replaceDraft(owner, { ...draft, savedAt: null });
      return sent;
    },
    /** Empties the form; the draft that stood there comes back, for undoing. */
    discard: () => {
      replaceDraft(owner, original);
      setVisited(new Set());
      setTried(false);
      setTold({});
      setOpen(new Set(firstSections(original.form, today, application)));
      return draft;
    },
    restore: (before: typeof draft) => replaceDraft(owner, before),
  };
}
export type ApplyFormState = ReturnType<typeof useApplyForm>;

/** The parts to begin with: where the office asks for a correction, else the first that is not filled in. */
function firstSections(form: FormValues, today: string, application: Application | null): SectionKey[] {
  const toCorrect = (application?.corrections ?? []).flatMap(({ field }): SectionKey[] => {
    if (isDocumentType(field)) return ['material'];
    const name = fieldOfPath(field);
    return name ? [sectionOf(name)] : [];
  });
  if (toCorrect.length > 0) return toCorrect;
  const missing = shownFields(form).find((name) => {
    const problem = checkField(name, form, today);
    return problem && !problem.warning;
  });
  return [missing ? sectionOf(missing) : 'material'];
}

/** What keeps the form from being sent: what the phone sees itself, then what only the service knows. */
function missingOf(
  form: FormValues,
  local: Partial<Record<FieldName, Problem>>,
  check: ApplicationCheck | undefined,
): Missing[] {
  const fields = shownFields(form);
  const asked = check ? standsInTheWay(check) : [];
  const wanted = fields.filter(
    (name) =>
      local[name] ||
      asked.some((item) => item.kind === 'field' && fieldOfPath(item.name) === name && isEmpty(form, name)),
  );
  // Without a category there is nothing to submit: what the person holds is still to be said.
  const nowhere = form.holding === 'unsure' && !check?.proposedCategory;
  const named = nowhere && !wanted.includes('holding') ? ['holding' as const, ...wanted] : wanted;
  return [
    ...named.map((name): Missing => ({ kind: 'field', name })),
    ...asked.filter((item) => item.kind === 'document'),
    ...asked.filter((item) => item.kind === 'condition'),
  ];
}

/** The last answer may still ask for what has been typed since. */
function isEmpty(form: FormValues, name: FieldName): boolean {
  const value = form[name];
  return value === null || (typeof value === 'string' && value.trim() === '');
}

function isChanged(
  name: FieldName | string,
  now: { form: FormValues; documents: readonly { documentType: string; file: { fileId: string } }[] },
  before: typeof now,
): boolean {
  if (isDocumentType(name)) {
    const ids = (draft: typeof now) =>
      draft.documents
        .filter((document) => document.documentType === name)
        .map((document) => document.file.fileId)
        .sort()
        .join();
    return ids(now) !== ids(before);
  }
  return now.form[name as FieldName] !== before.form[name as FieldName];
}
