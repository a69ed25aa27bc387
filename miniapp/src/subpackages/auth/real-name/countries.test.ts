import { COUNTRIES, countriesIn, countryName, findCountries } from './countries';

/** Regions that Unicode names and ISO 3166-1 does not assign: unions, exceptional reservations, user codes. */
const NOT_ISO = ['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'XK', 'ZZ'];
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

const inEnglish = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const inChinese = new Intl.DisplayNames('zh-CN', { type: 'region', fallback: 'none' });
/** Alpha-2 codes that Unicode has a name for; retired ones stand for their successor and are left out. */
const assigned = LETTERS.flatMap((a) => LETTERS.map((b) => a + b)).filter(
  (code) =>
    inEnglish.of(code) !== undefined &&
    new Intl.Locale(`und-${code}`).region === code &&
    Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}` &&
    !NOT_ISO.includes(code),
);
const alpha2 = (find: string) => find.split(' ').at(-2)?.toUpperCase() ?? '';

describe('the table of countries', () => {
  it('holds every code of ISO 3166-1 once', () => {
    expect(assigned).toHaveLength(249);
    expect(COUNTRIES.map(({ find }) => alpha2(find)).sort()).toEqual(assigned);
    expect(new Set(COUNTRIES.map(({ code }) => code)).size).toBe(249);
    for (const { code, zh, en } of COUNTRIES) {
      expect(code).toMatch(/^[A-Z]{3}$/);
      expect(zh).toMatch(/^\p{Script=Han}/u);
      expect(en).toMatch(/^\p{Lu}[\p{Script=Latin}.]/u);
    }
  });

  it('names them as Unicode does, but for the few that are worded otherwise here', () => {
    const other = (mine: 'zh' | 'en', theirs: Intl.DisplayNames) =>
      COUNTRIES.filter(
        (country) =>
          country[mine] !==
          theirs
            .of(alpha2(country.find))
            ?.replace('’', "'")
            .replace('&', 'and')
            .replace(/^St\. /, 'Saint '),
      ).map(({ code }) => code);
    expect(other('zh', inChinese).sort()).toEqual(['FLK', 'HKG', 'MAC', 'PSE', 'TWN']);
    expect(
      other('en', inEnglish)
        .filter((code) => !['TUR', 'MMR'].includes(code))
        .sort(),
    ).toEqual(['COD', 'COG', 'FLK', 'HKG', 'MAC', 'PSE', 'TWN']);
  });

  it('reads in the order of each language', () => {
    const pinyin = new Intl.Collator('zh-CN-u-co-pinyin');
    const zh = countriesIn('zh-CN').map((country) => country.zh);
    expect(zh).toEqual([...zh].sort(pinyin.compare));
    const en = countriesIn('en').map((country) => country.en);
    expect(en.slice(0, 3)).toEqual(['Afghanistan', 'Åland Islands', 'Albania']);
  });
});

describe('looking for a country', () => {
  const names = (typed: string, locale: 'zh-CN' | 'en' = 'en') =>
    findCountries(typed, locale).map((country) => country[locale === 'en' ? 'en' : 'zh']);

  it('finds by name in either language, by code and by what people say', () => {
    expect(names('德', 'zh-CN')).toEqual(['德国', '瓜德罗普', '赫德岛和麦克唐纳群岛']);
    expect(names('germ')).toEqual(['Germany']);
    expect(names('KOR')).toContain('South Korea');
    expect(names('cote')).toEqual(["Côte d'Ivoire"]);
    expect(names('korea')).toEqual(['North Korea', 'South Korea']);
    expect(names('uk')[0]).toBe('Ukraine');
    expect(names('uk')).toContain('United Kingdom');
    expect(names('xyzzy')).toEqual([]);
    expect(names('  ')).toHaveLength(249);
  });

  it('knows the name of a code', () => {
    expect(countryName('DEU', 'zh-CN')).toBe('德国');
    expect(countryName('', 'en')).toBeNull();
  });
});
