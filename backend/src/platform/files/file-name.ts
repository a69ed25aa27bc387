const MAX_LENGTH = 100;
/** Control characters, invisible marks that turn the reading direction, and what folders or headers treat specially. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}<>:"|?*;]/gu;

/** Lower case, without the dot; empty when the name has none. */
export function extensionOf(fileName: string): string {
  return /\.([^./\\\s]{1,10})$/.exec(fileName.trim())?.[1]?.toLowerCase() ?? '';
}

/** A name safe to show, to save under and to put into a header; keeps its extension. */
export function sanitiseFileName(raw: string, fallbackExtension: string): string {
  const base = raw.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const extension = extensionOf(base) || fallbackExtension;
  const stem = base
    .replace(/\.[^.]*$/, '')
    .replace(UNSAFE, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const kept = [...stem].slice(0, MAX_LENGTH - extension.length - 1).join('');
  return `${kept || 'document'}.${extension}`;
}

/** `Content-Disposition` with the name in ASCII and, for everybody who reads RFC 6266, in full. */
export function contentDisposition(kind: 'inline' | 'attachment', fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]/g, '_').replace(/["\\]/g, '_');
  const full = encodeURIComponent(fileName).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${full}`;
}
