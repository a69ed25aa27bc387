export interface MariaDbServer {
  readonly port: number;
  readonly socket: string;
  /** `mysql://…` of one database; without a name, of the server. */
  url(database?: string): string;
  stop(): Promise<void>;
}
/**
 * Starts a private MariaDB and resolves when it answers.
 *
 * @param options.durable fsync at every commit, as in production; for measurements
 * @throws Error when the server is not installed or does not come up
 */
export function startMariaDb(options?: { durable?: boolean }): Promise<MariaDbServer>;
export function mariaDbInstalled(): boolean;
