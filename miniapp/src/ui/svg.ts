const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(ascii: string): string {
  let out = '';
  for (let i = 0; i < ascii.length; i += 3) {
    const [a, b, c] = [ascii.charCodeAt(i), ascii.charCodeAt(i + 1), ascii.charCodeAt(i + 2)];
    const bits = (a << 16) | ((b || 0) << 8) | (c || 0);
    out += ALPHABET.charAt(bits >> 18) + ALPHABET.charAt((bits >> 12) & 63);
    out += Number.isNaN(b) ? '=' : ALPHABET.charAt((bits >> 6) & 63);
    out += Number.isNaN(c) ? '=' : ALPHABET.charAt(bits & 63);
  }
  return out;
}

const made = new Map<string, string>();

/** Data URI of a picture that is drawn once and not again, such as a code. */
export function svgUriOnce(svg: string): string {
  return `data:image/svg+xml;base64,${base64(svg)}`;
}

/**
 * Data URI of an SVG text (ASCII only), for `<Image src>`: weapp knows no inline `<svg>`, and only base64 is shown
 * alike by every WeChat client. Each picture is encoded once.
 */
export function svgUri(svg: string): string {
  const known = made.get(svg);
  if (known) return known;
  const uri = svgUriOnce(svg);
  made.set(svg, uri);
  return uri;
}
