import { Brackets, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import { fieldError } from '../errors/domain-error.js';
import type { PageQuery, RowPage } from './page.js';

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
export function latestFirst<T extends Identified>(
  found: SelectQueryBuilder<T>,
  column: keyof T & string,
  query: PageQuery,
): Promise<RowPage<T>> {
  return page(found, column, query, { order: 'DESC', further: '<' });
}

/** The same from the earliest on, such as what lies ahead of somebody. */
export function earliestFirst<T extends Identified>(
  found: SelectQueryBuilder<T>,
  column: keyof T & string,
  query: PageQuery,
): Promise<RowPage<T>> {
  return page(found, column, query, { order: 'ASC', further: '>' });
}

async function page<T extends Identified>(
  found: SelectQueryBuilder<T>,
  column: keyof T & string,
  { cursor, limit }: PageQuery,
  { order, further }: { readonly order: 'ASC' | 'DESC'; readonly further: '<' | '>' },
): Promise<RowPage<T>> {
  const { alias } = found;
  if (cursor !== undefined) {
    const [, milliseconds, id] = CURSOR.exec(cursor) ?? [];
    if (milliseconds === undefined) throw fieldError({ path: 'cursor', code: 'FORMAT' });
    const last = { cursorAt: new Date(Number(milliseconds)), cursorId: id };
    found.andWhere(
      new Brackets((where) => {
        where
          .where(`${alias}.${column} ${further} :cursorAt`, last)
          .orWhere(`${alias}.${column} = :cursorAt AND ${alias}.id ${further} :cursorId`, last);
      }),
    );
  }
  const rows = await found
    .orderBy(`${alias}.${column}`, order)
    .addOrderBy(`${alias}.id`, order)
    .limit(limit + 1)
    .getMany();
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? `${(last[column] as Date).getTime()}.${last.id}` : null };
}
