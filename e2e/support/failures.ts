import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';
import { openPages } from './browser.js';

const folder = fileURLToPath(new URL('../failures/', import.meta.url));

/** What every open window shows when a case fails, into the ignored folder `failures`. */
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  mkdirSync(folder, { recursive: true });
  let number = 0;
  for (const page of openPages()) {
    number += 1;
    const name = `${process.env.TEST_DATABASE ?? 'sqlite'}-${task.name.replace(/\W+/g, '-')}-${number}.png`;
    await page.screenshot({ path: join(folder, name), timeout: 5_000 }).catch(() => undefined);
  }
});
