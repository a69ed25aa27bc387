import type { IdentityType } from '@talent-card/shared/validators/identity-document';
import { checkIdentityNumber } from '@talent-card/shared/validators/identity-document';
import { isRealDate } from '@talent-card/shared/validators/resident-id';
import { checkPersonName } from '@talent-card/shared/validators/text';
import { useState } from 'react';
import { explainField, explainFields } from '@/i18n/field-problems';
import { clock, serviceDay } from '@/platform/clock';
import { useLocale } from '@/platform/i18n';
import { useSubmit } from '@/platform/use-submit';
import { proveRealName } from '@/services/account';

export interface Draft {
  name: string;
  identityType: IdentityType;
  identityNumber: string;
  birthDate: string;
  /** ISO 3166-1 alpha-3, empty while nothing is chosen. */
  nationality: string;
}
const FIELDS = ['name', 'identityNumber', 'birthDate', 'nationality'] as const;
type FieldName = (typeof FIELDS)[number];

/** Documents that do not carry the date of birth in their number. */
export function needsBirthDate({ identityType, identityNumber }: Draft): boolean {
  return (
    identityType === 'passport' ||
    (identityType === 'permanent-residence' && /^\s*[A-Za-z]/.test(identityNumber))
  );
}

/** The resident identity card is for citizens; who has another document is asked where they are from. */
export function needsNationality({ identityType }: Draft): boolean {
  return identityType !== 'resident-id';
}

function problems(draft: Draft) {
  const name = checkPersonName(draft.name);
  const number = checkIdentityNumber(draft.identityType, draft.identityNumber);
  const birthDate = !needsBirthDate(draft)
    ? null
    : draft.birthDate === ''
      ? 'REQUIRED'
      : !isRealDate(draft.birthDate)
        ? 'DATE_INVALID'
        : draft.birthDate > serviceDay(clock.now())
          ? 'DATE_IN_FUTURE'
          : null;
  const nationality = needsNationality(draft) && draft.nationality === '' ? 'REQUIRED' : null;
  return { name, number, birthDate, nationality } as const;
}

/**
 * The real-name form. A field complains when it has been left, or while typing once it has enough characters to be
 * judged; what the service says of a field stands until that field changes.
 */
export function useRealName() {
  const locale = useLocale((state) => state.locale);
  const [draft, setDraft] = useState<Draft>({
    name: '',
    identityType: 'resident-id',
    identityNumber: '',
    birthDate: '',
    nationality: '',
  });
  const [left, setLeft] = useState<ReadonlySet<FieldName>>(new Set());
  const [changedSince, setChangedSince] = useState<ReadonlySet<FieldName>>(new Set());
  const { submit, pending, error } = useSubmit(proveRealName);

  const found = problems(draft);
  const told = explainFields(error, locale);
  const judged: Record<FieldName, boolean> = {
    name: left.has('name'),
    identityNumber: left.has('identityNumber') || draft.identityNumber.replace(/\s/g, '').length >= 18,
    birthDate: left.has('birthDate'),
    nationality: left.has('nationality'),
  };
  const own: Record<FieldName, string | null> = {
    name: found.name.ok ? null : explainField(found.name.problem, locale),
    identityNumber: found.number.ok ? null : explainField(found.number.problem, locale),
    birthDate: found.birthDate ? explainField(found.birthDate, locale) : null,
    nationality: found.nationality ? explainField(found.nationality, locale) : null,
  };
  const errorOf = (field: FieldName): string | null =>
    (judged[field] ? own[field] : null) ?? (changedSince.has(field) ? null : (told[field] ?? null));

  return {
    draft,
    pending,
    /** The last answer, unless the person has changed something since. */
    error: changedSince.size > 0 ? null : error,
    errors: {
      name: errorOf('name'),
      identityNumber: errorOf('identityNumber'),
      birthDate: errorOf('birthDate'),
      nationality: errorOf('nationality'),
    },
    change: (part: Partial<Draft>) => {
      setDraft((before) => ({ ...before, ...part }));
      setChangedSince((before) => new Set([...before, ...(Object.keys(part) as FieldName[])]));
    },
    leave: (field: FieldName) => setLeft((before) => new Set([...before, field])),
    /** Shows every problem there is, or asks the service. Resolves to whether the name is proved now. */
    prove: async (): Promise<boolean> => {
      setLeft(new Set<FieldName>(FIELDS));
      if (!found.name.ok || !found.number.ok || found.birthDate || found.nationality) return false;
      setChangedSince(new Set());
      const me = await submit({
        name: found.name.value,
        identityType: draft.identityType,
        identityNumber: found.number.value,
        ...(needsBirthDate(draft) ? { birthDate: draft.birthDate } : {}),
        ...(needsNationality(draft) ? { nationality: draft.nationality } : {}),
      });
      return me !== null;
    },
  };
}
