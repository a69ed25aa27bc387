/** Base45 (RFC 9285): two bytes as three characters of the alphanumeric mode of QR codes. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

export function base45Encode(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = at + 1 < bytes.length;
    const value = pair ? (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0) : (bytes[at] ?? 0);
    text += ALPHABET.charAt(value % 45) + ALPHABET.charAt(Math.floor(value / 45) % 45);
    if (pair) text += ALPHABET.charAt(Math.floor(value / 2025));
  }
  return text;
}

/** Other characters, lower case included, impossible lengths and values too large answer `undefined`. */
export function base45Decode(text: string): Uint8Array | undefined {
  if (text.length % 3 === 1) return undefined;
  const out: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const size = Math.min(3, text.length - at);
    let value = 0;
    for (let i = size - 1; i >= 0; i -= 1) {
      const digit = ALPHABET.indexOf(text.charAt(at + i));
      if (digit < 0) return undefined;
      value = value * 45 + digit;
    }
    if (size === 3) {
      if (value > 0xffff) return undefined;
      out.push(value >> 8, value & 0xff);
    } else {
      if (value > 0xff) return undefined;
      out.push(value);
    }
  }
  return Uint8Array.from(out);
}
