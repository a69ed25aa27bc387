import type { FormInstance } from 'antd';
import { errorTexts, fieldProblemTexts } from '../i18n/errors.js';
import { useWord } from '../i18n/index.js';
import { ApiError } from '../services/api.js';

/** Words for anything that was thrown. */
export function useErrorText(): (error: unknown) => string {
  const word = useWord(errorTexts);
  return (error) => word(error instanceof ApiError ? error.code : 'INTERNAL');
}

/** Puts the problems of VALIDATION_FAILED at their fields; answers whether all of them found one. */
export function useFieldErrors(): (form: FormInstance, error: unknown) => boolean {
  const word = useWord(fieldProblemTexts);
  return (form, error) => {
    if (!(error instanceof ApiError) || error.fields.length === 0) return false;
    const known = new Set(Object.keys(form.getFieldsValue() as Record<string, unknown>));
    const placed = error.fields.filter((field) => known.has(field.path));
    form.setFields(placed.map((field) => ({ name: field.path, errors: [word(field.code, field.params)] })));
    return placed.length === error.fields.length;
  };
}
