import type { Permission } from '@talent-card/shared/accounts/permissions';
import type { EXPORT_KINDS } from '@talent-card/shared/statistics/schema';
import type { EntityManager } from 'typeorm';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';

export type ExportKind = (typeof EXPORT_KINDS)[number];
/** Filters as they stand in the address of the list. */
export type ExportFilter = Readonly<Record<string, string>>;
export type ExportCell = string | number | null;

/** A list that can be had as a workbook. Registered by the feature whose list it is. */
export interface ExportSource {
  readonly kind: ExportKind;
  /** Reading the list asks for it; who lost it meanwhile gets no file. */
  readonly permission: Permission;
  /** Chinese, as the sheet and the file are called. */
  readonly title: string;
  readonly columns: readonly { readonly title: string; readonly width: number }[];
  /** @throws DomainError VALIDATION_FAILED for a filter that the list does not take */
  check(filter: ExportFilter): void;
  /** One page of at most 100 rows, limited to what this member of staff sees; names and numbers masked. */
  page(
    manager: EntityManager,
    staff: StaffPrincipal,
    filter: ExportFilter,
    cursor: string | null,
  ): Promise<{ rows: ExportCell[][]; nextCursor: string | null; total: number | null }>;
}
