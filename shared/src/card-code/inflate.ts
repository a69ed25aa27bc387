/**
 * Inflates a zlib stream (RFC 1950 and 1951), for the status list on a phone that has no DecompressionStream. The
 * Adler checksum is not looked at: the stream is read only after the signature over it held.
 */

class BitReader {
  private at = 2;
  private bits = 0;
  private count = 0;

  constructor(private readonly bytes: Uint8Array) {}

  read(count: number): number {
    while (this.count < count) {
      const byte = this.bytes[this.at];
      if (byte === undefined) throw new RangeError('cut short');
      this.bits |= byte << this.count;
      this.at += 1;
      this.count += 8;
    }
    const value = this.bits & ((1 << count) - 1);
    this.bits >>>= count;
    this.count -= count;
    return value;
  }

  /** Skips to the next whole byte and takes `count` of them. */
  take(count: number): Uint8Array {
    this.at -= this.count >> 3;
    this.bits = 0;
    this.count = 0;
    if (this.at + count > this.bytes.length) throw new RangeError('cut short');
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }
}

/** Canonical Huffman code: how many codes of each length, and the symbols in order. */
class Huffman {
  private readonly counts = new Uint16Array(16);
  private readonly symbols: Uint16Array;

  constructor(lengths: readonly number[]) {
    const offsets = new Uint16Array(16);
    for (const length of lengths) if (length > 0) this.counts[length] = (this.counts[length] ?? 0) + 1;
    for (let i = 1; i < 15; i += 1) offsets[i + 1] = (offsets[i] ?? 0) + (this.counts[i] ?? 0);
    this.symbols = new Uint16Array(lengths.length);
    lengths.forEach((length, symbol) => {
      if (length === 0) return;
      const slot = offsets[length] ?? 0;
      this.symbols[slot] = symbol;
      offsets[length] = slot + 1;
    });
  }

  next(input: BitReader): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= 15; length += 1) {
      code |= input.read(1);
      const count = this.counts[length] ?? 0;
      if (code - count < first) return this.symbols[index + (code - first)] ?? 0;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new RangeError('no such code');
  }
}

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
];
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function fixedCodes(): [Huffman, Huffman] {
  const lengths = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
  return [new Huffman(lengths), new Huffman(new Array<number>(30).fill(5))];
}

function dynamicCodes(input: BitReader): [Huffman, Huffman] {
  const literals = input.read(5) + 257;
  const distances = input.read(5) + 1;
  const codes = input.read(4) + 4;
  const codeLengths = new Array<number>(19).fill(0);
  for (let i = 0; i < codes; i += 1) codeLengths[CODE_LENGTH_ORDER[i] ?? 0] = input.read(3);
  const code = new Huffman(codeLengths);
  const lengths: number[] = [];
  while (lengths.length < literals + distances) {
    const symbol = code.next(input);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16) {
      const before = lengths[lengths.length - 1];
      if (before === undefined) throw new RangeError('nothing to repeat');
      for (let n = 3 + input.read(2); n > 0; n -= 1) lengths.push(before);
    } else {
      for (let n = symbol === 17 ? 3 + input.read(3) : 11 + input.read(7); n > 0; n -= 1) lengths.push(0);
    }
  }
  return [
    new Huffman(lengths.slice(0, literals)),
    new Huffman(lengths.slice(literals, literals + distances)),
  ];
}

class Output {
  private buffer = new Uint8Array(4096);
  length = 0;

  constructor(private readonly most: number) {}

  push(byte: number): void {
    if (this.length === this.most) throw new RangeError('too long');
    if (this.length === this.buffer.length) {
      const larger = new Uint8Array(this.buffer.length * 2);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    this.buffer[this.length] = byte;
    this.length += 1;
  }

  copy(distance: number, count: number): void {
    if (distance > this.length) throw new RangeError('before the beginning');
    for (let i = 0; i < count; i += 1) this.push(this.buffer[this.length - distance] ?? 0);
  }

  whole(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }
}

function inflateBlock(input: BitReader, output: Output, [literal, distance]: [Huffman, Huffman]): void {
  for (;;) {
    const symbol = literal.next(input);
    if (symbol === 256) return;
    if (symbol < 256) output.push(symbol);
    else {
      const base = LENGTH_BASE[symbol - 257];
      if (base === undefined) throw new RangeError('no such length');
      const count = base + input.read(LENGTH_EXTRA[symbol - 257] ?? 0);
      const far = distance.next(input);
      const start = DISTANCE_BASE[far];
      if (start === undefined) throw new RangeError('no such distance');
      output.copy(start + input.read(far < 4 ? 0 : (far >> 1) - 1), count);
    }
  }
}

/** At most `most` bytes come out; anything else than a whole stream answers `undefined`. */
export function inflate(bytes: Uint8Array, most: number): Uint8Array | undefined {
  const [method = 0, flags = 0] = bytes;
  if ((method & 15) !== 8 || (method * 256 + flags) % 31 !== 0 || (flags & 0x20) !== 0) return undefined;
  try {
    const input = new BitReader(bytes);
    const output = new Output(most);
    for (let last = 0; last === 0; ) {
      last = input.read(1);
      const kind = input.read(2);
      if (kind === 0) {
        const [low = 0, high = 0] = input.take(4);
        for (const byte of input.take(low | (high << 8))) output.push(byte);
      } else if (kind === 1) inflateBlock(input, output, fixedCodes());
      else if (kind === 2) inflateBlock(input, output, dynamicCodes(input));
      else return undefined;
    }
    return output.whole();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
