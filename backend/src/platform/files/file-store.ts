import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Keeps opaque bytes by key. Keys are ULIDs; content arrives encrypted. */
export abstract class FileStore {
  /** Durable when it returns; replaces what was there. */
  abstract put(key: string, content: Buffer): Promise<void>;
  /** Null when nothing is kept under the key. */
  abstract get(key: string): Promise<Buffer | null>;
  /** Succeeds too when nothing is kept. */
  abstract delete(key: string): Promise<void>;
}

/** A folder on this machine, or one that all nodes mount. */
export class LocalFileStore extends FileStore {
  constructor(private readonly folder: string) {
    super();
  }

  async put(key: string, content: Buffer): Promise<void> {
    const path = this.pathOf(key);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // Written beside and renamed: a crash leaves the old content or the new, never a half.
    const draft = `${path}.${randomBytes(6).toString('hex')}.part`;
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  }

  async get(key: string): Promise<Buffer | null> {
    try {
      return await readFile(this.pathOf(key));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  /** Spread over folders by the random end of the key, so that none grows too long. */
  private pathOf(key: string): string {
    if (!/^[0-9A-Z]{26}$/.test(key)) throw new Error('not a file key');
    return join(this.folder, key.slice(-2), key);
  }
}
