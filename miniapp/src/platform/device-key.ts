/** A private key that this device holds: it signs and is never read out. */
export interface DeviceKey {
  /** Base64url, 32 bytes. */
  readonly publicKey: string;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** Where the keys of a device lie, each by its name. */
export interface DeviceKeys {
  /** The key of that name, or null where none was made or the storage has lost it. */
  open(name: string): Promise<DeviceKey | null>;
  /** Makes a key and keeps it before it answers; null where this browser cannot keep one safely. */
  make(name: string): Promise<DeviceKey | null>;
  drop(name: string): Promise<void>;
}
