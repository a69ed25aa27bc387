import { concatBytes, utf8Decode, utf8Encode } from './bytes.js';

/**
 * The part of CBOR (RFC 8949) that the card's code is made of, in the core deterministic encoding of §4.2.1:
 * integers from -2^32 to 2^32-1, byte and text strings, arrays, maps with integer or text keys, tags, null and
 * booleans. No floats, no indefinite lengths. One value has one encoding, and the reader refuses every other one:
 * a changed byte that still says the same would be a second code for one use.
 */
export type CborValue =
  | number
  | string
  | boolean
  | null
  | Uint8Array
  | readonly CborValue[]
  | CborMap
  | CborTag;
export type CborKey = number | string;
export class CborMap {
  constructor(readonly entries: readonly (readonly [CborKey, CborValue])[]) {}

  get(key: CborKey): CborValue | undefined {
    return this.entries.find(([name]) => name === key)?.[1];
  }

  /** Whether these keys and no others are there. */
  hasExactly(...keys: readonly CborKey[]): boolean {
    return this.entries.length === keys.length && keys.every((key) => this.get(key) !== undefined);
  }
}
export class CborTag {
  constructor(
    readonly tag: number,
    readonly value: CborValue,
  ) {}
}

const MAX_UINT = 0xffffffff;
const MAX_DEPTH = 8;

function head(major: number, value: number): Uint8Array {
  const type = major << 5;
  if (value < 24) return Uint8Array.of(type | value);
  if (value < 0x100) return Uint8Array.of(type | 24, value);
  if (value < 0x10000) return Uint8Array.of(type | 25, value >> 8, value & 0xff);
  return Uint8Array.of(
    type | 26,
    (value >>> 24) & 0xff,
    (value >>> 16) & 0xff,
    (value >>> 8) & 0xff,
    value & 0xff,
  );
}

function encodeInteger(value: number): Uint8Array {
  if (!Number.isInteger(value) || value > MAX_UINT || value < -1 - MAX_UINT)
    throw new RangeError('CBOR integers here lie between -2^32 and 2^32-1');
  return value < 0 ? head(1, -1 - value) : head(0, value);
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Keys are sorted here, whatever their order in the map. Numbers out of range throw a RangeError. */
export function cborEncode(value: CborValue): Uint8Array {
  if (typeof value === 'number') return encodeInteger(value);
  if (typeof value === 'boolean') return Uint8Array.of(value ? 0xf5 : 0xf4);
  if (value === null) return Uint8Array.of(0xf6);
  if (typeof value === 'string') {
    const bytes = utf8Encode(value);
    return concatBytes(head(3, bytes.length), bytes);
  }
  if (value instanceof Uint8Array) return concatBytes(head(2, value.length), value);
  if (value instanceof CborTag) return concatBytes(head(6, value.tag), cborEncode(value.value));
  if (value instanceof CborMap) {
    const entries = value.entries
      .map(([key, item]) => [cborEncode(key), cborEncode(item)] as const)
      .sort(([a], [b]) => compareBytes(a, b));
    return concatBytes(head(5, entries.length), ...entries.flat());
  }
  return concatBytes(head(4, value.length), ...value.map(cborEncode));
}

class Reader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get done(): boolean {
    return this.at === this.bytes.length;
  }

  value(depth: number): CborValue {
    if (depth > MAX_DEPTH) throw new RangeError('not the CBOR that is written here');
    const initial = this.byte();
    const major = initial >> 5;
    if (major === 7) return this.simple(initial);
    const size = this.argument(initial & 31);
    switch (major) {
      case 0:
        return size;
      case 1:
        return -1 - size;
      case 2:
        return this.take(size);
      case 3:
        return this.text(size);
      case 4:
        return this.items(size, depth);
      case 5:
        return this.map(size, depth);
      default:
        return new CborTag(size, this.value(depth + 1));
    }
  }

  private simple(initial: number): CborValue {
    if (initial === 0xf4) return false;
    if (initial === 0xf5) return true;
    if (initial === 0xf6) return null;
    throw new RangeError('not the CBOR that is written here');
  }

  private byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new RangeError('not the CBOR that is written here');
    this.at += 1;
    return byte;
  }

  /** The argument of a head; a longer form than needed is refused. */
  private argument(info: number): number {
    if (info < 24) return info;
    if (info > 26) throw new RangeError('not the CBOR that is written here');
    const length = 1 << (info - 24);
    let value = 0;
    for (let i = 0; i < length; i += 1) value = value * 256 + this.byte();
    if (value < (info === 24 ? 24 : info === 25 ? 0x100 : 0x10000))
      throw new RangeError('not the CBOR that is written here');
    return value;
  }

  private take(size: number): Uint8Array {
    if (size > this.bytes.length - this.at) throw new RangeError('not the CBOR that is written here');
    const part = this.bytes.slice(this.at, this.at + size);
    this.at += size;
    return part;
  }

  private text(size: number): string {
    const text = utf8Decode(this.take(size));
    if (text === undefined) throw new RangeError('not the CBOR that is written here');
    return text;
  }

  private items(size: number, depth: number): CborValue[] {
    if (size > this.bytes.length - this.at) throw new RangeError('not the CBOR that is written here');
    const items: CborValue[] = [];
    for (let i = 0; i < size; i += 1) items.push(this.value(depth + 1));
    return items;
  }

  private map(size: number, depth: number): CborMap {
    if (size > this.bytes.length - this.at) throw new RangeError('not the CBOR that is written here');
    const entries: [CborKey, CborValue][] = [];
    let before: Uint8Array | null = null;
    for (let i = 0; i < size; i += 1) {
      const start = this.at;
      const key = this.value(depth + 1);
      if (typeof key !== 'number' && typeof key !== 'string')
        throw new RangeError('not the CBOR that is written here');
      const spelled = this.bytes.slice(start, this.at);
      if (before !== null && compareBytes(before, spelled) >= 0)
        throw new RangeError('not the CBOR that is written here');
      before = spelled;
      entries.push([key, this.value(depth + 1)]);
    }
    return new CborMap(entries);
  }
}

/** `undefined` for anything that `cborEncode` would not have written, trailing bytes included. */
export function cborDecode(bytes: Uint8Array): CborValue | undefined {
  try {
    const reader = new Reader(bytes);
    const value = reader.value(0);
    return reader.done ? value : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

export function isBytes(value: CborValue | undefined, length?: number): value is Uint8Array {
  return value instanceof Uint8Array && (length === undefined || value.length === length);
}

export function isUint(value: CborValue | undefined): value is number {
  return typeof value === 'number' && value >= 0;
}

export function isArray(value: CborValue | undefined): value is readonly CborValue[] {
  return Array.isArray(value);
}
