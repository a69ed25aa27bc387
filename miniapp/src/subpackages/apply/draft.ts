import type { CardCategory } from '@talent-card/shared/cards/categories';
import type { Application, CardDocumentType } from '@talent-card/shared/cards/schema';
import type { StoredFile } from '@talent-card/shared/files/schema';
import { useEffect, useMemo } from 'react';
import { create } from 'zustand';
import { clock } from '@/platform/clock';
import { DRAFT_PREFIX, onDraftsForgotten } from '@/platform/drafts';
import { readStored, writeStored } from '@/platform/storage';

/** What the person says they have; `unsure` lets the service find the category. */
export type Holding = CardCategory | 'unsure';

/** The form as it is typed: texts may be unfinished, choices unmade. */
export interface FormValues {
  zoneCode: string | null;
  holding: Holding | null;
  employer: string;
  creditCode: string;
  position: string;
  employedSince: string;
  mobile: string;
  provincialCardNumber: string;
  programme: string;
  programmeDocumentNumber: string;
  achievements: string;
  offlineMaterial: boolean;
}
export type FieldName = keyof FormValues;

export interface DraftDocument<T extends string = CardDocumentType> {
  documentType: T;
  file: StoredFile;
  /** Belongs to the case already: taking it out of the draft must not delete it from the service. */
  attached: boolean;
}

export interface Draft {
  form: FormValues;
  documents: DraftDocument[];
  /** When something was last changed; null while the form is as it was opened. */
  savedAt: string | null;
}

/** Raise it when the shape changes: an older draft is dropped rather than misread. */
const FORMAT = 1;

interface StoredDraft extends Draft {
  format: number;
  /** Version of the returned case that the draft corrects; null for a new application. */
  caseVersion: number | null;
}

/** Whose draft it is, and of which case. */
export interface DraftOwner {
  personId: string;
  /** The returned application that is being corrected. */
  correcting: Pick<Application, 'caseId' | 'version'> | null;
}

const keyOf = ({ personId, correcting }: DraftOwner): string =>
  correcting ? `${DRAFT_PREFIX}${personId}:${correcting.caseId}` : `${DRAFT_PREFIX}${personId}`;

export const EMPTY_FORM: FormValues = {
  zoneCode: null,
  holding: null,
  employer: '',
  creditCode: '',
  position: '',
  employedSince: '',
  mobile: '',
  provincialCardNumber: '',
  programme: '',
  programmeDocumentNumber: '',
  achievements: '',
  offlineMaterial: false,
};

export const emptyDraft = (): Draft => ({ form: EMPTY_FORM, documents: [], savedAt: null });

/** A returned application as the form to correct it in. */
export function draftOf(application: Application): Draft {
  const { form } = application;
  return {
    form: {
      zoneCode: form.zoneCode,
      holding: form.category,
      employer: form.employer,
      creditCode: form.creditCode ?? '',
      position: form.position,
      employedSince: form.employedSince,
      mobile: form.mobile,
      provincialCardNumber: form.provincialCardNumber ?? '',
      programme: form.programme ?? '',
      programmeDocumentNumber: form.programmeDocumentNumber ?? '',
      achievements: form.achievements ?? '',
      offlineMaterial: form.offlineMaterial ?? false,
    },
    documents: application.documents.flatMap((slot) =>
      slot.files.map((file) => ({
        documentType: slot.documentType as CardDocumentType,
        file,
        attached: true,
      })),
    ),
    savedAt: null,
  };
}

/** The draft that was left on this phone, or null where there is none that still fits. */
export function storedDraft(owner: DraftOwner): Draft | null {
  const stored = readStored<StoredDraft>(keyOf(owner));
  if (stored?.format !== FORMAT || stored.caseVersion !== (owner.correcting?.version ?? null)) return null;
  return { form: { ...EMPTY_FORM, ...stored.form }, documents: stored.documents, savedAt: stored.savedAt };
}

interface DraftState {
  /** Drafts in use by the key of their owner: the form and its documents page share one. */
  drafts: Readonly<Record<string, Draft>>;
}
const useDrafts = create<DraftState>(() => ({ drafts: {} }));
onDraftsForgotten(() => useDrafts.setState({ drafts: {} }));

function put(owner: DraftOwner, draft: Draft): void {
  const stored: StoredDraft = { ...draft, format: FORMAT, caseVersion: owner.correcting?.version ?? null };
  writeStored(keyOf(owner), draft.savedAt === null ? null : stored);
  useDrafts.setState((state) => ({ drafts: { ...state.drafts, [keyOf(owner)]: draft } }));
}

const current = (owner: DraftOwner): Draft | undefined => useDrafts.getState().drafts[keyOf(owner)];

/** Takes up what was left, or begins with `fresh`. Called again, it changes nothing. */
function openDraft(owner: DraftOwner, fresh: () => Draft): void {
  if (current(owner)) return;
  const draft = storedDraft(owner) ?? fresh();
  useDrafts.setState((state) => ({ drafts: { ...state.drafts, [keyOf(owner)]: draft } }));
}

/** Changes the draft and keeps it at once: WeChat may end the mini-program between two key strokes. */
export function changeDraft(owner: DraftOwner, change: (draft: Draft) => Partial<Draft>): void {
  const draft = current(owner) ?? storedDraft(owner) ?? emptyDraft();
  put(owner, { ...draft, ...change(draft), savedAt: clock.now().toISOString() });
}

/** Puts a draft in place of the one there is; one without `savedAt` leaves nothing on the phone. */
export function replaceDraft(owner: DraftOwner, draft: Draft): void {
  put(owner, draft);
}

/** Lets go of the draft in memory; the next opening reads what is stored. What could not be stored stays. */
function closeDraft(owner: DraftOwner): void {
  const draft = current(owner);
  if (draft?.savedAt && storedDraft(owner)?.savedAt !== draft.savedAt) return;
  useDrafts.setState((state) => {
    const { [keyOf(owner)]: _closed, ...drafts } = state.drafts;
    return { drafts };
  });
}

/** How many pages on the stack write in the draft of a key. */
const users = new Map<string, number>();

/** The draft of `owner`, shared by the pages that write in it. With the last of them it leaves the memory. */
export function useDraft(owner: DraftOwner, fresh: () => Draft): Draft {
  const key = keyOf(owner);
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once for each key, whatever else changes
  useMemo(() => openDraft(owner, fresh), [key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: closed when its key goes
  useEffect(() => {
    users.set(key, (users.get(key) ?? 0) + 1);
    return () => {
      const left = (users.get(key) ?? 1) - 1;
      users.set(key, left);
      if (left === 0) closeDraft(owner);
    };
  }, [key]);
  const draft = useDrafts((state) => state.drafts[key]);
  return draft ?? storedDraft(owner) ?? fresh();
}
