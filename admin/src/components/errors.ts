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
    // A path of the body, `name.zh`, is the name of a field, `['name', 'zh']`.
    const known = new Map(form.getFieldsError().map(({ name }) => [name.join('.'), name]));
    const placed = error.fields.flatMap((field) => {
      const name = known.get(field.path);
      return name ? [{ name, errors: [word(field.code, field.params)] }] : [];
    });
    form.setFields(placed);
    const first = placed[0];
    if (first) form.scrollToField(first.name, { block: 'center', focus: true });
    return placed.length === error.fields.length;
  };
}
