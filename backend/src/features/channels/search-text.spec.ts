import { searchText } from './search-text.js';

describe('what a search looks through', () => {
  const text = searchText([
    { zh: '客轮优先', en: 'Priority on ferries' },
    { zh: '威海港国际客运中心1号窗', en: 'Weihai Port' },
  ]);

  it.each([
    ['characters', '客轮'],
    ['full pinyin', 'kelunyouxian'],
    ['the beginning of full pinyin', 'kelun'],
    ['initials', 'klyx'],
    ['English in lower case', 'priority on ferries'],
    ['initials with a number between', 'whggjkyzx1hc'],
  ])('is found by %s', (_, typed) => {
    expect(text).toContain(typed);
  });

  it('types ü as v and reads a word of several sounds by its neighbours', () => {
    expect(searchText([{ zh: '绿色通道', en: '' }])).toContain('lvsetongdao');
    expect(searchText([{ zh: '银行行长', en: '' }])).toContain('yinhanghangzhang');
  });

  it('names nothing twice', () => {
    expect(searchText([{ zh: 'ABC', en: 'abc' }])).toBe('abc a');
  });
});
