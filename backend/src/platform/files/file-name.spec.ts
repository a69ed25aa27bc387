import { contentDisposition, extensionOf, sanitiseFileName } from './file-name.js';

describe('a file name', () => {
  it.each([
    ['学位证.pdf', '学位证.pdf'],
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['C:\\Users\\Lin\\合同.pdf', '合同.pdf'],
    ['invoice\u202Efdp.exe.pdf', 'invoicefdp.exe.pdf'],
    ['a\r\nSet-Cookie: x.pdf', 'aSet-Cookie x.pdf'],
    ['  ..hidden  .pdf', 'hidden.pdf'],
    ['', 'document.pdf'],
    ['.pdf', 'document.pdf'],
    ['no extension', 'no extension.pdf'],
    ['a"b<c>d|e?f*g;h.pdf', 'abcdefgh.pdf'],
  ])('%j becomes %j', (raw, safe) => {
    expect(sanitiseFileName(raw, 'pdf')).toBe(safe);
  });

  it('is cut without losing its extension or half a character', () => {
    const safe = sanitiseFileName(`${'𠮷'.repeat(300)}.pdf`, 'pdf');
    expect([...safe]).toHaveLength(100);
    expect(safe.endsWith('𠮷.pdf')).toBe(true);
  });

  it.each([
    ['a.PDF', 'pdf'],
    ['archive.tar.gz', 'gz'],
    ['none', ''],
    ['', ''],
    ['a.b/c', ''],
  ])('%j has the extension %j', (name, extension) => {
    expect(extensionOf(name)).toBe(extension);
  });

  it('fits into a header, in full for those who read RFC 6266', () => {
    expect(contentDisposition('inline', '学位证 (1).pdf')).toBe(
      'inline; filename="___ (1).pdf"; filename*=UTF-8\'\'%E5%AD%A6%E4%BD%8D%E8%AF%81%20%281%29.pdf',
    );
  });
});
