import Taro from '@tarojs/taro';

/**
 * Reads JSON that this app wrote. A full or forbidden storage (private browsing) answers null: every caller works
 * without it, only forgetting more.
 */
export function readStored<T>(key: string): T | null {
  try {
    const text: unknown = Taro.getStorageSync(key);
    return typeof text === 'string' && text !== '' ? (JSON.parse(text) as T) : null;
  } catch {
    return null;
  }
}

export function writeStored(key: string, value: unknown): void {
  try {
    if (value === null) Taro.removeStorageSync(key);
    else Taro.setStorageSync(key, JSON.stringify(value));
  } catch {
    // Storage is full or forbidden: the app goes on with what it has in memory.
  }
}

/** Writes what must not be lost: throws where the storage is full or forbidden, and nothing was kept. */
export function keepStored(key: string, value: unknown): void {
  Taro.setStorageSync(key, JSON.stringify(value));
}

/** Removes everything whose key begins with `prefix`. */
export function removeStored(prefix: string): void {
  try {
    for (const key of Taro.getStorageInfoSync().keys) if (key.startsWith(prefix)) Taro.removeStorageSync(key);
  } catch {
    // A forbidden storage holds nothing to remove.
  }
}
