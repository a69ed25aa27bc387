import { rmSync } from 'node:fs';

export default async function globalTeardown() {
  await globalThis.testMariaDb?.stop();
  if (process.env.TEST_RUN_DIR) rmSync(process.env.TEST_RUN_DIR, { recursive: true, force: true });
}
