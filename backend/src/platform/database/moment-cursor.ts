import { Brackets, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import { fieldError } from '../errors/domain-error.js';

interface Identified extends ObjectLiteral {
  readonly id: string;
}

/** `<milliseconds>.<id>` of the last row of the page before. */
const CURSOR = /^(\d{1,15})\.([0-9A-HJKMNP-TV-Z]{26})$/;

/**
 * One page of rows, the latest first, equal moments by id. An index on the moment column and `id` serves it.
 *
 * @param column property that holds the moment
 * @throws DomainError VALIDATION_FAILED for a cursor that no page gave out
 */
export async function latestFirst<T extends Identified>(
  found: SelectQueryBuilder<T>,
  column: keyof T & string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: T[]; nextCursor: string | null }> {
  const { alias } = found;
  if (cursor !== undefined) {
    const [, milliseconds, id] = CURSOR.exec(cursor) ?? [];
    if (milliseconds === undefined) throw fieldError({ path: 'cursor', code: 'FORMAT' });
    const before = { cursorAt: new Date(Number(milliseconds)), cursorId: id };
    found.andWhere(
      new Brackets((where) => {
        where
          .where(`${alias}.${column} < :cursorAt`, before)
          .orWhere(`${alias}.${column} = :cursorAt AND ${alias}.id < :cursorId`, before);
      }),
    );
  }
  const rows = await found
    .orderBy(`${alias}.${column}`, 'DESC')
    .addOrderBy(`${alias}.id`, 'DESC')
    .limit(limit + 1)
    .getMany();
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? `${(last[column] as Date).getTime()}.${last.id}` : null };
}
