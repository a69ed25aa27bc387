import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { fieldError } from '../errors/domain-error.js';
import type { PageQuery, RowPage } from './page.js';

/** A column without equals in the list, which is ordered by it: its value in the last row is the cursor. */
export interface PageKey<T> {
  readonly column: keyof T & string;
  readonly order: 'ASC' | 'DESC';
  /** What a cursor of this list looks like. */
  readonly form: RegExp;
}

/** The newest first: ids grow with time. */
export const BY_ID: PageKey<{ readonly id: string }> = {
  column: 'id',
  order: 'DESC',
  form: /^[0-9A-HJKMNP-TV-Z]{26}$/,
};

/**
 * One page of rows in the order of a key. Where moments order a list, `latestFirst` does.
 *
 * @throws DomainError VALIDATION_FAILED for a cursor that no page gave out
 */
export async function pageByKey<T extends ObjectLiteral>(
  found: SelectQueryBuilder<T>,
  { column, order, form }: PageKey<T>,
  { cursor, limit }: PageQuery,
): Promise<RowPage<T>> {
  const name = `${found.alias}.${column}`;
  if (cursor !== undefined) {
    if (!form.test(cursor)) throw fieldError({ path: 'cursor', code: 'FORMAT' });
    found.andWhere(`${name} ${order === 'DESC' ? '<' : '>'} :cursor`, { cursor });
  }
  const rows = await found
    .orderBy(name, order)
    .limit(limit + 1)
    .getMany();
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? String(last[column]) : null };
}
