import 'reflect-metadata';
import { createApp } from './app.js';
import { ConfigError, loadConfig } from './platform/config/config.js';
import { NewerDatabaseError } from './platform/database/migrate.js';

/** One clear line for what an operator can mend; anything else is a fault with its stack. */
function explain(error: unknown, port: string): string {
  if (error instanceof ConfigError || error instanceof NewerDatabaseError) return error.message;
  const { code } = (error ?? {}) as { code?: string };
  if (code === 'EADDRINUSE') return `port ${port} is taken: stop the other program or set PORT`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  const config = loadConfig(process.env);
  const app = await createApp(config);
  await app.listen(config.PORT, config.HOST);
} catch (error) {
  process.stderr.write(`cannot start: ${explain(error, process.env.PORT ?? '3000')}\n`);
  process.exit(1);
}
