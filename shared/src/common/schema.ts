import * as z from 'zod';

/** Opaque, sortable by time of making: a ULID, 26 characters of Crockford base32. */
export const idSchema = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'ID_FORMAT')
  .describe('Opaque id, sortable by creation, 26 characters');

/** A moment, ISO 8601 in UTC, such as `2026-11-24T01:12:00.000Z`. */
export const instantSchema = z.iso.datetime().describe('Moment in UTC, ISO 8601');

/** A day in Asia/Shanghai, `YYYY-MM-DD`. */
export const serviceDateSchema = z.iso.date().describe('Day in Asia/Shanghai, YYYY-MM-DD');

/** A time of day in Asia/Shanghai, `HH:mm`. */
export const clockTimeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'FORMAT')
  .describe('Time of day in Asia/Shanghai, HH:mm');

export const cursorQuerySchema = z.object({
  cursor: z.string().max(200).optional().describe('`nextCursor` of the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
/** As a client writes it: both parts may be left out. */
export type CursorQuery = z.input<typeof cursorQuerySchema>;

/** A page of a list. `nextCursor` is null on the last one. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.number().int().optional().describe('Number of rows that match, where it is cheap to know'),
  });
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total?: number | undefined;
}

/** Why, in a person's own words. */
export const reasonSchema = z.strictObject({ reason: z.string().trim().min(2).max(500) });
export type Reason = z.infer<typeof reasonSchema>;
/** The same for what staff do to something as they saw it. */
export const staffReasonSchema = reasonSchema.extend({ version: z.number().int() });

/** A text in both languages of the service. */
export const localizedTextSchema = z.object({ zh: z.string(), en: z.string() });
export type LocalizedText = z.infer<typeof localizedTextSchema>;

/** `details` of VALIDATION_FAILED: each wrong field by its path, with a code that the client words. */
export const fieldProblemSchema = z.object({
  path: z.string().describe('Path in the body, dots between parts: `employer.name`'),
  code: z.string().describe('Key of the text shown at the field, see FIELD_PROBLEMS'),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type FieldProblem = z.infer<typeof fieldProblemSchema>;

/** Body of every answer ≥ 400 (RFC 9457 media type `application/problem+json`). */
export const problemSchema = z.object({
  code: z.string(),
  details: z.record(z.string(), z.unknown()),
  requestId: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;
