import type { Permission } from '@talent-card/shared/accounts/permissions';
import type { Page } from '@talent-card/shared/common/schema';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import { fieldProblems } from '../../platform/http/field-problems.js';
import type { ExportCell, ExportFilter, ExportKind, ExportSource } from './export-source.js';

const PAGE = 100;

export interface ListExport<T, Q> {
  readonly kind: ExportKind;
  readonly permission: Permission;
  readonly title: string;
  /** The query of the list's route: it knows the filters, `cursor` and `limit`. */
  readonly query: z.ZodType<Q>;
  page(manager: EntityManager, staff: StaffPrincipal, query: Q): Promise<Page<T>>;
  readonly columns: readonly {
    readonly title: string;
    readonly width: number;
    cell(item: T): ExportCell;
  }[];
}

/** Makes a workbook's source of a list that the console shows: the same filters, the same rows, the same limits. */
export function listExport<T, Q>({ query, page, columns, ...source }: ListExport<T, Q>): ExportSource {
  const queryOf = (filter: ExportFilter, cursor: string | null): Q => {
    const read = query.safeParse({ ...filter, limit: PAGE, ...(cursor === null ? {} : { cursor }) });
    if (read.success) return read.data;
    throw fieldError(
      ...fieldProblems(read.error.issues).map((one) => ({ ...one, path: `filter.${one.path}` })),
    );
  };
  return {
    ...source,
    columns,
    check: (filter) => void queryOf(filter, null),
    page: async (manager, staff, filter, cursor) => {
      const { items, nextCursor, total } = await page(manager, staff, queryOf(filter, cursor));
      return {
        rows: items.map((item) => columns.map((column) => column.cell(item))),
        nextCursor,
        total: total ?? null,
      };
    },
  };
}
