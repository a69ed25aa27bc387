import { zoneName } from '@talent-card/shared/accounts/districts';
import type { CardDocumentType } from '@talent-card/shared/cards/schema';
import type { Locale } from '@talent-card/shared/common/locale';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import { applyTexts } from '@/i18n/apply';
import { CATEGORY_NAMES } from '@/i18n/condition-words';
import { nameCondition } from '@/i18n/conditions';
import { datesIn, type Text, textIn } from '@/platform/i18n';
import type { FieldName, FormValues } from '../draft';
import { isDocumentType } from '../files-rules';
import { fieldOfPath } from '../form-rules';
import type { Missing } from '../use-apply-form';

const texts: Readonly<Record<string, Text>> = applyTexts;

export function categoryName(category: string, locale: Locale): string {
  const known = CATEGORY_NAMES[category];
  return known ? textIn(locale, known) : category;
}

export function fieldName(name: FieldName, locale: Locale): string {
  return textIn(locale, texts[`field-${name}`] ?? [name, name]);
}

/** The service's own name for a document, else ours. */
export function documentName(
  type: CardDocumentType | string,
  given: LocalizedText | null,
  locale: Locale,
): string {
  if (given) return locale === 'en' ? given.en : given.zh;
  return textIn(locale, texts[`doc-${type}`] ?? [type, type]);
}

/** What a correction asks for, by its field or document. */
export function correctionName(path: string, locale: Locale): string {
  if (isDocumentType(path)) return documentName(path, null, locale);
  const field = fieldOfPath(path);
  return field ? fieldName(field, locale) : path;
}

export function missingName(
  missing: Missing,
  locale: Locale,
  documents: readonly { documentType: string; name: LocalizedText }[] = [],
): string {
  if (missing.kind === 'condition') return nameCondition(missing.name, locale);
  if (missing.kind === 'document') {
    const given = documents.find((slot) => slot.documentType === missing.name)?.name ?? null;
    const name = documentName(missing.name, given, locale);
    return textIn(locale, applyTexts.missingDocument, { name });
  }
  const field = fieldOfPath(missing.name);
  const name = field ? fieldName(field, locale) : missing.name;
  return textIn(locale, applyTexts.missingField, { name });
}

/** A field as it was filled in, for reading; null when it is empty. */
export function valueInWords(name: FieldName, form: FormValues, locale: Locale): string | null {
  const value = form[name];
  if (typeof value === 'boolean') return value ? textIn(locale, applyTexts.documentsOffline) : null;
  if (!value || value.trim() === '') return null;
  if (name === 'zoneCode') {
    const zone = zoneName(value);
    return locale === 'en' ? zone.en : zone.zh;
  }
  if (name === 'holding') return textIn(locale, texts[`holding-${value}`] ?? [value, value]);
  if (name === 'employedSince') return datesIn(locale).fullDay(value);
  return value.trim();
}
