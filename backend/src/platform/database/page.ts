/** Which page of a list is wanted. */
export interface PageQuery {
  /** `nextCursor` of the page before; the first page without it. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Rows of one page, and where the next begins: null after the last. */
export interface RowPage<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}
