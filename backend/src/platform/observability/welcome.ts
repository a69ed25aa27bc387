import { Injectable } from '@nestjs/common';
import type { AppConfig } from '../config/config.js';

/** Lines for the terminal when the service has started; in the sandbox the demo accounts. */
@Injectable()
export class Welcome {
  private readonly sources: (() => Promise<readonly string[]>)[] = [];

  add(lines: () => Promise<readonly string[]>): void {
    this.sources.push(lines);
  }

  async lines(): Promise<string[]> {
    const lines: string[] = [];
    for (const source of this.sources) lines.push(...(await source()));
    return lines;
  }
}

/** What a person at the terminal reads after the start. */
export function printWelcome(config: AppConfig, port: number, lines: readonly string[]): string {
  const origin = config.PUBLIC_URL ?? `http://localhost:${port}`;
  const pages = [
    ['start page', '/'],
    ['mini-program', '/m/'],
    ['console', '/admin/'],
    ['API documents', '/api/docs'],
  ] as const;
  return [
    '',
    `威海英才卡 is running (${config.DATABASE_URL ? 'MySQL / MariaDB' : `SQLite in ${config.dataDir}`})`,
    ...pages.map(([name, path]) => `  ${name.padEnd(14)}${origin}${path}`),
    ...(config.sandbox
      ? ['', 'SANDBOX: WeChat and the identity check are replaced by made-up people. Not for real data.']
      : []),
    ...(lines.length > 0 ? ['', ...lines] : []),
    '',
  ].join('\n');
}
