import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { loadConfig } from '../platform/config/config.js';
import { DomainError } from '../platform/errors/domain-error.js';
import { safeError } from '../platform/observability/safe-error.js';
import { startupFailure } from '../startup-failure.js';
import { COMMANDS, type Command, EXIT, type ExitCode } from './commands.js';

export interface Output {
  print(line: string): void;
  complain(line: string): void;
}

const invocation = ({ name, args }: Command): string => [name, ...args.map((arg) => `<${arg}>`)].join(' ');

function helpText(): string {
  const width = Math.max(...COMMANDS.map((command) => invocation(command).length)) + 3;
  return [
    'usage: cli <command>',
    '',
    ...COMMANDS.map((command) => `  ${invocation(command).padEnd(width)}${command.summary}`),
    '',
    'Reads the same environment as the service. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 problems found.',
  ].join('\n');
}

function find(words: readonly string[]): { command: Command; args: string[] } | null {
  for (const command of COMMANDS) {
    const name = command.name.split(' ');
    if (name.every((word, at) => words[at] === word)) return { command, args: words.slice(name.length) };
  }
  return null;
}

function explain(error: unknown, env: NodeJS.ProcessEnv): string {
  const line = startupFailure(error, env);
  if (line) return line;
  if (error instanceof DomainError) return `${error.code} ${JSON.stringify(error.details)}`;
  const { type, message, stack } = safeError(error);
  return [`${type}: ${message}`, ...(stack ?? [])].join('\n  ');
}

/** Runs one command of the command line. @returns the exit code */
export async function runCli(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  { print, complain }: Output,
): Promise<ExitCode> {
  if (words.length === 0 || words.includes('--help') || words.includes('-h')) {
    print(helpText());
    return words.length === 0 ? EXIT.usage : EXIT.done;
  }
  const found = find(words);
  if (!found) {
    complain(`there is no command "${words.join(' ')}"\n\n${helpText()}`);
    return EXIT.usage;
  }
  const { command, args } = found;
  if (args.length !== command.args.length) {
    complain(`usage: cli ${invocation(command)}`);
    return EXIT.usage;
  }
  let app: INestApplicationContext | undefined;
  try {
    // The service's own log lines would stand between the answers.
    const config = loadConfig({ LOG_LEVEL: 'warn', ...env });
    return await command.run({
      config,
      args,
      print,
      service: async () => {
        app ??= await NestFactory.createApplicationContext(AppModule.forRoot(config), {
          logger: false,
          abortOnError: false,
        });
        return app;
      },
    });
  } catch (error) {
    complain(`${command.name}: ${explain(error, env)}`);
    return EXIT.failed;
  } finally {
    await app?.close();
  }
}
