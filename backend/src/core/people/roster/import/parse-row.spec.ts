import { ROSTER_COLUMNS, type RosterColumnKey } from '@talent-card/shared/people/schema';
import type { Cell } from '../../../../platform/workbook/workbook-library.js';
import { madeUpPerson, madeUpResidentId } from '../../sandbox/made-up-people.js';
import { cellDate, cellText, cellWords, lostPrecision } from './cells.js';
import { findHeader } from './columns.js';
import { parseCategory, parseRow, parseZone } from './parse-row.js';

const ID = madeUpResidentId('1986-03-14', 1, 'female');

describe('cells as offices fill them', () => {
  it.each<[Cell, string]>([
    ['  林 海　清 ', '林 海 清'],
    ['３７１０', '3710'],
    ["'371000", '371000'],
    ['#N/A', ''],
    ['\u200b王\ufeff', '王'],
    [13800001234, '13800001234'],
    [1e20, '100000000000000000000'],
    [true, 'TRUE'],
    [null, ''],
    [undefined, ''],
    [new Date('2030-01-02T00:00:00Z'), '2030-01-02'],
    [new Date(Number.NaN), ''],
  ])('reads %p as %p', (cell, text) => {
    expect(cellText(cell)).toBe(text);
  });

  it('keeps Chinese punctuation in free words', () => {
    expect(cellWords('威海（Ａ１）有限公司')).toBe('威海（A1）有限公司');
  });

  it.each<[Cell, string | null | undefined]>([
    [47_848, '2030-12-31'],
    ['47848', '2030-12-31'],
    [47_848.75, '2030-12-31'],
    [new Date('2030-12-31T00:00:00Z'), '2030-12-31'],
    ['2030-12-31', '2030-12-31'],
    ['2030/1/5', '2030-01-05'],
    ['2030.12.31', '2030-12-31'],
    ['20301231', '2030-12-31'],
    ['２０３０年１２月３１日', '2030-12-31'],
    ['2030年12月', '2030-12-31'],
    ['2028-2', '2028-02-29'],
    ['二〇三〇年十二月三十一日', '2030-12-31'],
    ['二〇三一年十月', '2031-10-31'],
    ['2030-12-31 00:00:00', '2030-12-31'],
    ['长期', null],
    ['', null],
    [null, null],
    ['—', undefined],
    ['2030-02-30', undefined],
    ['2030-13-01', undefined],
    ['31/12/2030', undefined],
    ['明年', undefined],
  ])('reads %p as the day %p', (cell, day) => {
    expect(cellDate(cell)).toBe(day);
  });

  it.each<[Cell, boolean]>([
    [Number('371099198603140028'), true],
    ['3.71099E+17', true],
    ['3.71E17', true],
    [13_800_001_234, false],
    [ID, false],
    ['E12345678', false],
  ])('sees whether %p lost digits: %p', (cell, lost) => {
    expect(lostPrecision(cell)).toBe(lost);
  });
});

describe('words', () => {
  it.each([
    ['1', '1'],
    ['一', '1'],
    ['第一类', '1'],
    ['二类', '2'],
    ['3类', '3'],
    ['类别4', '4'],
    ['第四类人才', '4'],
    ['Ⅱ', '2'],
    ['II类', '2'],
    ['五', null],
    ['A类', null],
    ['', null],
  ])('category %p is %p', (text, category) => {
    expect(parseCategory(text)).toBe(category);
  });

  it.each([
    ['环翠区', '371002'],
    ['威海市环翠区', '371002'],
    ['山东省威海市文登区', '371003'],
    ['荣成', '371082'],
    ['乳山市', '371083'],
    ['高区', '371002-G'],
    ['高新区', '371002-G'],
    ['威海火炬高技术产业开发区', '371002-G'],
    ['经济技术开发区', '371002-J'],
    ['临港', '371002-L'],
    ['南海新区', '371003-N'],
    ['371002-g', '371002-G'],
    ['371000', '371000'],
    ['市直', '371000'],
    ['威海市', '371000'],
    ['Huancui', '371002'],
    ['青岛市', null],
  ])('zone %p is %p', (text, zone) => {
    expect(parseZone(text)).toBe(zone);
  });
});

describe('headings', () => {
  it('knows columns by other names, marked and in another order', () => {
    const header = findHeader(
      ['序号', '*所在区：', '身份证号（必填）', '人才姓名', '认定类别', '备注'],
      undefined,
    );
    expect(header?.columns.map(({ key, index }) => [key, index])).toEqual([
      ['zone', 1],
      ['identityNumber', 2],
      ['name', 3],
      ['category', 4],
    ]);
    expect(header?.missing).toEqual([]);
  });

  it('reads two rows where group titles are merged above', () => {
    const header = findHeader(
      ['姓名', '证件', null, '类别', '区市', '单位情况', null],
      [null, '证件类型', '证件号码', null, null, '工作单位', '信用代码'],
    );
    expect(header).toMatchObject({ rows: 2, missing: [] });
    expect(header?.columns.map(({ key }) => key)).toEqual([
      'name',
      'identityType',
      'identityNumber',
      'category',
      'zone',
      'employer',
      'creditCode',
    ]);
  });

  it.each<[Cell[], Cell[] | undefined]>([
    [['威海市高层次人才名单'], ['姓名', '证件号码', '类别', '区市']],
    [['姓名', '日期'], undefined],
    [[], undefined],
  ])('takes %p for no heading', (row, next) => {
    expect(findHeader(row, next)).toBeNull();
  });
});

describe('rows', () => {
  const columns = ROSTER_COLUMNS.map(({ key, title }, index) => ({ key, index, title }));
  const row = (cells: Partial<Record<RosterColumnKey, Cell>>) =>
    parseRow(
      columns.map(({ key }) => cells[key]),
      7,
      columns,
      '2026-11-24',
    );
  const good = { name: '林海清', identityNumber: ID, category: '1', zone: '高区' };

  it('takes a bare row', () => {
    expect(row(good)).toMatchObject({
      rowNumber: 7,
      problems: [],
      content: {
        name: '林海清',
        identityType: 'resident-id',
        identityNumber: ID,
        category: '1',
        zoneCode: '371002-G',
      },
    });
  });

  it('passes an empty row over', () => {
    expect(row({})).toBeNull();
    expect(row({ name: ' ', employer: '　' })).toBeNull();
  });

  it('writes names of foreigners in capitals, and takes their documents', () => {
    const foreigner = { ...good, name: 'Anna Berg', identityType: '护照', identityNumber: 'c01-x00t47' };
    expect(row(foreigner)?.content).toMatchObject({ name: 'ANNA BERG', identityNumber: 'C01X00T47' });
    const resident = { ...good, name: '金敏俊', identityNumber: 'KOR371075010800' };
    expect(row(resident)?.content).toMatchObject({ identityType: 'permanent-residence' });
  });

  it.each<[Partial<Record<RosterColumnKey, Cell>>, string, 'error' | 'warning']>([
    [{ name: '' }, 'ROW_REQUIRED', 'error'],
    [{ name: '王1' }, 'ROW_NAME', 'error'],
    [{ identityNumber: '' }, 'ROW_REQUIRED', 'error'],
    [{ identityNumber: Number(ID.replace('X', '0')) }, 'ROW_NUMBER_AS_FLOAT', 'error'],
    [{ identityNumber: '3.71099E+17' }, 'ROW_NUMBER_AS_FLOAT', 'error'],
    [
      { identityNumber: `${ID.slice(0, 17)}${ID.endsWith('1') ? '2' : '1'}` },
      'ROW_IDENTITY_CHECK_DIGIT',
      'error',
    ],
    [{ identityNumber: '371099860314001' }, 'ROW_IDENTITY_NUMBER', 'error'],
    [{ identityType: '军官证' }, 'ROW_IDENTITY_TYPE', 'error'],
    [{ category: '特等' }, 'ROW_CATEGORY', 'error'],
    [{ zone: '火星' }, 'ROW_ZONE', 'error'],
    [{ cardClass: 'Z' }, 'ROW_CARD_CLASS', 'error'],
    [{ validUntil: '明年' }, 'ROW_DATE', 'error'],
    [{ validUntil: '2026-11-23' }, 'ROW_DATE_PAST', 'error'],
    [{ employer: '长'.repeat(101) }, 'ROW_TOO_LONG', 'error'],
    [{ mobile: '0631-5231111' }, 'ROW_MOBILE', 'warning'],
    [{ creditCode: '91371000MA0000000A' }, 'ROW_CREDIT_CODE_WARNING', 'warning'],
  ])('says of %j: %s', (cells, code, severity) => {
    const parsed = row({ ...good, ...cells });
    expect(parsed?.problems).toMatchObject([{ code, severity }]);
    expect(parsed?.content === null).toBe(severity === 'error');
  });

  it('lets the last day of validity pass', () => {
    expect(row({ ...good, validUntil: '2026-11-24' })?.content?.validUntil).toBe('2026-11-24');
  });
});

describe('made-up people', () => {
  it('are the same each time and share no document', () => {
    const documents = new Set<string>();
    for (let index = 0; index < 8000; index += 1) {
      const { identityType, identityNumber } = madeUpPerson(index);
      documents.add(`${identityType}/${identityNumber}`);
    }
    expect(documents.size).toBe(8000);
    expect(madeUpPerson(42)).toEqual(madeUpPerson(42));
  });
});
