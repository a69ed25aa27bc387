import { inflateSync } from 'node:zlib';

export type PdfProblem = 'truncated' | 'polyglot' | 'encrypted' | 'active-content';

/** Inflating an object stream stops here: a small file must not fill the memory. */
const MAX_INFLATED = 16 * 1024 * 1024;
const TRAILER_WINDOW = 2048;

/** Names may be written with escapes: `/J#61vaScript` is `/JavaScript`. */
function unescapeNames(text: string): string {
  return text.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Where the bytes of a stream begin, seen from the word `stream`; -1 when it is only part of another word. */
function streamStart(text: string, word: number): number {
  const after = word + 'stream'.length;
  if (text.startsWith('\r\n', after)) return after + 2;
  return text[after] === '\n' ? after + 1 : -1;
}

/** Whether the dictionary that ends at `end` is that of an object stream, however its name is written. */
function packsObjects(text: string, end: number): boolean {
  const before = text.slice(Math.max(0, end - 512), end);
  return /\/ObjStm\b/.test(unescapeNames(before.slice(before.lastIndexOf('obj'))));
}

/**
 * The dictionaries of a PDF as text: everything outside streams, and what is packed in object streams; null when one of
 * those cannot be unpacked. A viewer knows more ways to pack them than we do, so what we cannot read may hold anything.
 *
 * Found by searching forward only: one regular expression over the whole would look from every `stream` to the end of
 * the file again, and a few hundred kilobytes of that word stop the service.
 */
function structure(text: string): string | null {
  const parts: string[] = [];
  let budget = MAX_INFLATED;
  let from = 0;
  for (let word = text.indexOf('stream'); word !== -1; word = text.indexOf('stream', word + 6)) {
    const start = streamStart(text, word);
    if (start === -1) continue;
    const end = text.indexOf('endstream', start);
    if (end === -1) break;
    parts.push(text.slice(from, word));
    if (packsObjects(text, word)) {
      try {
        const bytes = inflateSync(Buffer.from(text.slice(start, end), 'latin1'), { maxOutputLength: budget });
        budget -= bytes.length;
        parts.push(bytes.toString('latin1'));
      } catch {
        return null;
      }
    }
    from = end + 'endstream'.length;
    word = end + 'end'.length;
  }
  parts.push(text.slice(from));
  return unescapeNames(parts.join('\n'));
}

/** What speaks against keeping a file that starts like a PDF; null when nothing does. */
export function pdfProblem(bytes: Buffer): PdfProblem | null {
  const text = bytes.toString('latin1');
  if (!text.startsWith('%PDF-')) return 'polyglot';
  if (!text.slice(-TRAILER_WINDOW).includes('%%EOF')) return 'truncated';
  // The end record of a ZIP: a file that is a PDF for us and an archive (or a program) for somebody else.
  if (text.slice(-65_600).includes('PK\x05\x06')) return 'polyglot';
  const names = structure(text);
  if (names === null) return 'active-content';
  if (/\/Encrypt\b/.test(names)) return 'encrypted';
  if (/\/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|ImportData|SubmitForm)\b/.test(names)) {
    return 'active-content';
  }
  return null;
}
