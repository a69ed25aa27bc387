import { base64urlEncode } from '@talent-card/shared/card-code/bytes';
import type { DeviceKey, DeviceKeys } from './device-key';

/**
 * In a browser: Ed25519 of WebCrypto, not extractable, in IndexedDB. Where either is missing (an old browser, a page
 * without TLS, private browsing) no key is kept, and the code comes from the service. `device-keys.weapp.ts` stands in
 * for this file in the mini-program.
 */
const ALGORITHM = 'Ed25519';
const DATABASE = 'talent-card';
const STORE = 'device-keys';

function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => void opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => {
        database.close();
        resolve(request.result);
      };
      transaction.onabort = () => {
        database.close();
        reject(transaction.error);
      };
    };
  });
}

async function keyOf(pair: CryptoKeyPair): Promise<DeviceKey> {
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return {
    publicKey: base64urlEncode(publicKey),
    sign: async (message) =>
      new Uint8Array(await crypto.subtle.sign(ALGORITHM, pair.privateKey, Uint8Array.from(message))),
  };
}

const canKeep = () =>
  typeof indexedDB !== 'undefined' && typeof crypto !== 'undefined' && crypto.subtle !== undefined;

export const deviceKeys: DeviceKeys = {
  async open(name) {
    if (!canKeep()) return null;
    try {
      const pair = await inStore<CryptoKeyPair | undefined>('readonly', (store) => store.get(name));
      return pair ? await keyOf(pair) : null;
    } catch {
      // A forbidden storage has no key; a new one is made, or the service makes the codes.
      return null;
    }
  },

  async make(name) {
    if (!canKeep()) return null;
    try {
      const pair = (await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])) as CryptoKeyPair;
      await inStore('readwrite', (store) => store.put(pair, name));
      return await keyOf(pair);
    } catch {
      // Neither Ed25519 in this browser nor a place for keys: see above.
      return null;
    }
  },

  async drop(name) {
    if (!canKeep()) return;
    try {
      await inStore('readwrite', (store) => store.delete(name));
    } catch {
      // Nothing was kept where nothing may be.
    }
  },
};
