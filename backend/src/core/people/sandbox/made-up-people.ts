import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { CardCategory } from '@talent-card/shared/cards/categories';
import type { FactValue } from '@talent-card/shared/people/schema';
import { creditCodeCheckCharacter } from '@talent-card/shared/validators/credit-code';
import type { IdentityType } from '@talent-card/shared/validators/identity-document';
import { residentIdCheckDigit } from '@talent-card/shared/validators/resident-id';
import { SeededRandom } from './seeded-random.js';
import * as vocabulary from './vocabulary.js';

/** An employer that does not exist. */
export interface MadeUpEmployer {
  readonly name: string;
  readonly creditCode: string;
  readonly zoneCode: ZoneCode;
  /** `YYYY-MM-DD` */
  readonly registeredOn: string;
}

/** A person who does not exist, with all that the sandbox registries know of them. */
export interface MadeUpPerson {
  readonly name: string;
  readonly identityType: IdentityType;
  readonly identityNumber: string;
  readonly birthDate: string;
  readonly sex: 'male' | 'female';
  /** ISO 3166-1 alpha-3. */
  readonly nationality: string;
  readonly mobile: string;
  readonly degree: FactValue<'degree'>;
  readonly employer: MadeUpEmployer;
  readonly position: string;
  readonly employedSince: string;
  /** What a roster would list them for; the sandbox roster lists about two in three. */
  readonly category: CardCategory;
  readonly programme: string | null;
  readonly documentNumber: string | null;
  readonly provincialCardNumber: string | null;
  /** True for those who founded their employer. */
  readonly founder: boolean;
}

const two = (value: number): string => String(value).padStart(2, '0');
/** No county of Weihai has this code, so that no living person can have the number. */
const NOBODYS_AREA = '371099';
/** No prefecture has 3718, and its hundred areas keep the numbers of 50,000 people apart whatever their birth dates. */
const nobodysArea = (index: number): string => `3718${two(Math.floor(index / 500) % 100)}`;
/** 37 is Shandong; country numbers from 900 on belong to no country (ISO 3166-1). */
const nobodysCountry = (index: number): string => `937${900 + (Math.floor(index / 500) % 100)}`;

function madeUpDay(random: SeededRandom, firstYear: number, lastYear: number): string {
  return `${random.between(firstYear, lastYear)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`;
}

/** A resident identity number that passes every check and belongs to nobody. @param serial from 0 to 499 */
export function madeUpResidentId(
  birthDate: string,
  serial: number,
  sex: 'male' | 'female',
  area = NOBODYS_AREA,
): string {
  const order = serial * 2 + (sex === 'male' ? 1 : 0);
  const first17 = `${area}${birthDate.replaceAll('-', '')}${String(order).padStart(3, '0')}`;
  return first17 + residentIdCheckDigit(first17);
}

/** A permanent residence number of the form used since December 2023. @param serial from 0 to 499 */
export function madeUpPermanentResidence(
  birthDate: string,
  serial: number,
  sex: 'male' | 'female',
  prefix = '937999',
): string {
  const order = serial * 2 + (sex === 'male' ? 1 : 0);
  const first17 = `${prefix}${birthDate.replaceAll('-', '')}${String(order).padStart(3, '0')}`;
  return first17 + residentIdCheckDigit(first17);
}

export function madeUpEmployer(index: number): MadeUpEmployer {
  const random = new SeededRandom(`employer/${index}`);
  const zoneCode = random.pick(vocabulary.ZONE_WEIGHTS);
  const isInstitute = random.chance(10);
  const first17 = `${isInstitute ? '12' : '91'}371000MA${String(index).padStart(4, '0')}X${two(random.below(100))}`;
  return {
    name: isInstitute
      ? random.pick(vocabulary.INSTITUTES)
      : `威海${random.pick(vocabulary.BRANDS)}${random.pick(vocabulary.INDUSTRIES)}有限公司（演示）`,
    creditCode: first17 + creditCodeCheckCharacter(first17),
    zoneCode,
    registeredOn: madeUpDay(random, 1998, 2021),
  };
}

const EMPLOYERS = 120;

function madeUpForeigner(random: SeededRandom, index: number, birthDate: string, sex: 'male' | 'female') {
  const which = random.below(vocabulary.FOREIGN_NAMES.length);
  const name = (vocabulary.FOREIGN_NAMES[which] ?? 'ANNA-BERG').replace('-', ' ');
  const nationality = vocabulary.FOREIGN_NATIONALITIES[which] ?? 'DEU';
  const permanent = random.chance(40);
  return {
    name,
    nationality,
    identityType: permanent ? ('permanent-residence' as const) : ('passport' as const),
    identityNumber: permanent
      ? madeUpPermanentResidence(birthDate, index % 500, sex, nobodysCountry(index))
      : `X${String(8_000_000 + index).padStart(8, '0')}`,
  };
}

/**
 * Serial numbers repeat after 500 people; whoever shares one is born on another day of the month, so that up to
 * 14,000 people have a number of their own.
 */
function dayOfMonth(index: number): number {
  const first = new SeededRandom(`day/${index % 500}`).below(28);
  return 1 + ((first + Math.floor(index / 500)) % 28);
}

/** The person of an index: the same one for ever. No two indexes below 50,000 share a document. */
export function madeUpPerson(index: number): MadeUpPerson {
  const random = new SeededRandom(`person/${index}`);
  const sex = random.chance(50) ? 'male' : 'female';
  const birthDate = `${madeUpDay(random, 1964, 1999).slice(0, 8)}${two(dayOfMonth(index))}`;
  const surname = random.pick(vocabulary.SURNAMES);
  const given = random.pick(sex === 'male' ? vocabulary.GIVEN_MALE : vocabulary.GIVEN_FEMALE);
  const resident = {
    name: surname + given,
    nationality: 'CHN',
    identityType: 'resident-id' as const,
    identityNumber: madeUpResidentId(birthDate, index % 500, sex, nobodysArea(index)),
  };
  const identity = random.chance(4) ? madeUpForeigner(random, index, birthDate, sex) : resident;
  const category = random.pick(['1', '1', '2', '2', '2', '3', '4'] as const);
  const level = random.pick(['doctor', 'doctor', 'master', 'bachelor'] as const);
  const school = random.pick(vocabulary.SCHOOLS);
  const graduationAge = { doctor: 29, master: 25, bachelor: 22 }[level];
  const graduationYear = Number(birthDate.slice(0, 4)) + graduationAge;
  const year = random.between(2014, 2024);
  return {
    ...identity,
    sex,
    birthDate,
    mobile: `1${random.pick(['38', '59', '77', '86'])}0000${String(index % 10_000).padStart(4, '0')}`,
    degree: {
      level,
      school: school.name,
      field: random.pick(vocabulary.FIELDS),
      graduatedOn: `${graduationYear}-06-30`,
      doubleFirstClass: school.doubleFirstClass,
    },
    employer: madeUpEmployer(random.below(EMPLOYERS)),
    position: random.pick(vocabulary.POSITIONS),
    employedSince: `${random.between(Math.min(graduationYear, 2023), 2024)}-${two(random.between(1, 12))}-01`,
    category,
    programme:
      category === '1'
        ? null
        : random.pick(category === '2' ? vocabulary.MUNICIPAL_PROGRAMMES : vocabulary.HIGHER_PROGRAMMES),
    documentNumber: category === '1' ? null : `威演示〔${year}〕${random.between(1, 60)}号`,
    provincialCardNumber: category === '1' ? `SDHC${year}${String(index).padStart(5, '0')}` : null,
    founder: random.chance(8),
  };
}
