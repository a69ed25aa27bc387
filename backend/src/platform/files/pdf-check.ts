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

const STREAM = /stream\r?\n([\s\S]*?)endstream/g;

/** The dictionaries of a PDF as text: everything outside streams, and what is packed in object streams. */
function structure(text: string): string {
  let inflated = '';
  let budget = MAX_INFLATED;
  const outside = text.replace(STREAM, (_, body: string, offset: number) => {
    const dictionary = text.slice(Math.max(0, offset - 512), offset);
    if (/\/ObjStm\b/.test(dictionary.slice(dictionary.lastIndexOf('obj'))) && budget > 0) {
      try {
        const bytes = inflateSync(Buffer.from(body, 'latin1'), { maxOutputLength: budget });
        budget -= bytes.length;
        inflated += `\n${bytes.toString('latin1')}`;
      } catch {
        // Encoded in another way, or damaged: nothing a viewer would run can be read from it either.
      }
    }
    return 'stream endstream';
  });
  return unescapeNames(outside + inflated);
}

/** What speaks against keeping a file that starts like a PDF; null when nothing does. */
export function pdfProblem(bytes: Buffer): PdfProblem | null {
  const text = bytes.toString('latin1');
  if (!text.startsWith('%PDF-')) return 'polyglot';
  if (!text.slice(-TRAILER_WINDOW).includes('%%EOF')) return 'truncated';
  // The end record of a ZIP: a file that is a PDF for us and an archive (or a program) for somebody else.
  if (text.slice(-65_600).includes('PK\x05\x06')) return 'polyglot';
  const names = structure(text);
  if (/\/Encrypt\b/.test(names)) return 'encrypted';
  if (/\/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|ImportData|SubmitForm)\b/.test(names)) {
    return 'active-content';
  }
  return null;
}
