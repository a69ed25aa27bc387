import type { INestApplicationContext } from '@nestjs/common';
import { IssuerKeys } from '../features/codes/issuer-keys.js';
import { system } from '../platform/accounts/principal.js';
import {
  createFirstAdministrator,
  StaffAdministration,
} from '../platform/accounts/staff/staff-administration.js';
import { AuditKeys } from '../platform/audit/audit-keys.js';
import { SealExport } from '../platform/audit/seal-export.js';
import { verifyAudit } from '../platform/audit/verify-audit.js';
import { Clock } from '../platform/clock/clock.js';
import type { AppConfig } from '../platform/config/config.js';
import { KeyRotation } from '../platform/crypto/key-rotation.js';
import { createKeyFile } from '../platform/crypto/keyring.js';
import type { DataSources } from '../platform/database/data-sources.js';
import { DATA_SOURCES, ReadDatabase } from '../platform/database/database.module.js';
import { Jobs } from '../platform/jobs/jobs.js';

export const EXIT = { done: 0, failed: 1, usage: 2, found: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What a command may use. `service` opens the database (and migrates it) the first time it is asked for. */
export interface CommandContext {
  readonly config: AppConfig;
  readonly args: readonly string[];
  service(): Promise<INestApplicationContext>;
  print(line: string): void;
}

export interface Command {
  /** Words after `cli`, such as `keys rotate`. */
  readonly name: string;
  /** Names of the arguments that must follow. */
  readonly args: readonly string[];
  readonly summary: string;
  run(context: CommandContext): Promise<ExitCode>;
}

const migrate: Command = {
  name: 'migrate',
  args: [],
  summary: 'bring the database up to this version',
  async run({ service, print }) {
    const sources = (await service()).get<DataSources>(DATA_SOURCES);
    const { migrations } = sources.write;
    print(`the database is up to date: ${migrations.length} migrations`);
    return EXIT.done;
  },
};

const auditVerify: Command = {
  name: 'audit verify',
  args: [],
  summary: `look for audit entries that were changed, removed or added (exit code ${EXIT.found})`,
  async run({ service, print }) {
    const app = await service();
    const report = await verifyAudit({
      manager: app.get(ReadDatabase).manager,
      keys: app.get(AuditKeys),
      exported: app.get(SealExport),
      now: app.get(Clock).now(),
    });
    print(`${report.entries} sealed entries in ${report.seals} seals, ${report.unsealed} not sealed yet`);
    for (const { kind, seal, entryId } of report.problems) {
      print(`  ${kind}${seal === null ? '' : ` seal ${seal}`}${entryId === null ? '' : ` entry ${entryId}`}`);
    }
    print(report.ok ? 'nothing was changed' : `${report.problemCount} problems`);
    return report.ok ? EXIT.done : EXIT.found;
  },
};

const keysCreate: Command = {
  name: 'keys create',
  args: [],
  summary: 'make the key file FIELD_KEYS_FILE, once; keep a copy in a safe place',
  async run({ config, print }) {
    createKeyFile(config.fieldKeysFile, config.CIPHER_SUITE);
    print(`made ${config.fieldKeysFile}: without it nothing encrypted can ever be read again`);
    return EXIT.done;
  },
};

const keysStatus: Command = {
  name: 'keys status',
  args: [],
  summary: 'count the encrypted values by key version',
  async run({ service, print }) {
    let stale = 0;
    for (const column of await (await service()).get(KeyRotation).status()) {
      const versions = Object.entries(column.versions).map(([version, total]) => `${version}: ${total}`);
      if (column.clear > 0) versions.push(`in clear: ${column.clear}`);
      print(`${`${column.table}.${column.column}`.padEnd(44)}${versions.join('  ') || 'empty'}`);
      stale += column.stale;
    }
    print(stale === 0 ? 'every value has the current key' : `${stale} values wait for \`keys rotate\``);
    return EXIT.done;
  },
};

const keysRotate: Command = {
  name: 'keys rotate',
  args: [],
  summary: 'make a new key version and re-encrypt everything; goes on after an interruption',
  async run({ service, print }) {
    const rotation = (await service()).get(KeyRotation);
    const { version, reencrypted } = await rotation.rotate(({ table, column, reencrypted: done }) =>
      print(`  ${table}.${column}: ${done}`),
    );
    print(`${reencrypted} values re-encrypted, key version ${version} is in force`);
    return EXIT.done;
  },
};

const codesRotateKey: Command = {
  name: 'codes rotate-key',
  args: [],
  summary: "let a new key sign the cards' codes; the old one verifies for eight days more",
  async run({ service, print }) {
    const keys = (await service()).get(IssuerKeys, { strict: false });
    const version = await keys.rotate(system('cli'));
    print(`issuer key version ${version} is in force; offices that keep the key set fetch it again`);
    return EXIT.done;
  },
};

const staffCreateAdmin: Command = {
  name: 'staff create-admin',
  args: ['username', 'display-name'],
  summary: 'make a system administrator with a one-time password',
  async run({ service, args, print }) {
    const [username = '', displayName = ''] = args;
    const password = await createFirstAdministrator((await service()).get(StaffAdministration), {
      username,
      displayName,
    });
    print(`one-time password of ${username}, shown this once: ${password}`);
    return EXIT.done;
  },
};

const jobsRun: Command = {
  name: 'jobs run',
  args: ['name'],
  summary: 'run a job now, such as audit.seal',
  async run({ service, args, print }) {
    const [name = ''] = args;
    const ran = await (await service()).get(Jobs).runNow(name);
    print(ran ? `${name}: done` : `${name}: another node holds its lease`);
    return ran ? EXIT.done : EXIT.failed;
  },
};

export const COMMANDS: readonly Command[] = [
  migrate,
  auditVerify,
  keysCreate,
  keysStatus,
  keysRotate,
  codesRotateKey,
  staffCreateAdmin,
  jobsRun,
];
