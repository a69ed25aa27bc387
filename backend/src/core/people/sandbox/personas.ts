import type { LocalizedText } from '@talent-card/shared/common/schema';
import type { RosterContent } from '../roster/roster.types.js';
import {
  type MadeUpPerson,
  madeUpEmployer,
  madeUpPermanentResidence,
  madeUpPerson,
  madeUpResidentId,
} from './made-up-people.js';

/** Somebody to sign in as in the sandbox, made up to show one situation. */
export interface SandboxPersona extends MadeUpPerson {
  /** `sandbox:<key>` is the sign-in code. */
  readonly key: string;
  readonly story: LocalizedText;
  /** How the sample roster lists them; null where it does not. */
  readonly listed: RosterContent | null;
  /** Whether the identity registry knows the document, and under which name. */
  readonly registry: { readonly name: string } | null;
}

interface Outline extends Partial<MadeUpPerson> {
  readonly key: string;
  readonly name: string;
  readonly story: LocalizedText;
  /** False: not in the roster. A text: listed under this name. */
  readonly inRoster: boolean | string;
  /** False: unknown to the registry. A text: registered under this name. Left out: under their own. */
  readonly inRegistry?: false | string;
}

function persona(outline: Outline, index: number): SandboxPersona {
  const { key, story, inRoster, inRegistry, ...own } = outline;
  const base = { ...madeUpPerson(900_000 + index), ...own };
  const listedName = typeof inRoster === 'string' ? inRoster : base.name;
  return {
    ...base,
    key,
    story,
    listed: inRoster === false ? null : { ...rosterContentOf(base), name: listedName },
    registry: inRegistry === false ? null : { name: inRegistry ?? base.name },
  };
}

/** The roster row of a made-up person. */
export function rosterContentOf(person: MadeUpPerson): RosterContent {
  return {
    name: person.name,
    identityType: person.identityType,
    identityNumber: person.identityNumber,
    category: person.category,
    programme: person.programme,
    documentNumber: person.documentNumber,
    provincialCardNumber: person.provincialCardNumber,
    employer: person.employer.name,
    creditCode: person.employer.creditCode,
    zoneCode: person.employer.zoneCode,
    cardClass: null,
    mobile: person.mobile,
    validUntil: null,
  };
}

const chinese = (birthDate: string, serial: number, sex: 'male' | 'female') => ({
  identityType: 'resident-id' as const,
  identityNumber: madeUpResidentId(birthDate, serial, sex),
  birthDate,
  sex,
  nationality: 'CHN',
});
const programme = { programme: '威海市产业领军人才（演示）', documentNumber: '威演示〔2023〕12号' };
const none = { programme: null, documentNumber: null, provincialCardNumber: null };

/** All of them are invented; their numbers lie in an area code that no county has. */
export const SANDBOX_PERSONAS: readonly SandboxPersona[] = (
  [
    {
      key: 'lin-haiqing',
      name: '林海清',
      ...chinese('1986-03-14', 400, 'female'),
      ...none,
      category: '1',
      provincialCardNumber: 'SDHC202100871',
      employer: { ...madeUpEmployer(900), zoneCode: '371002-G' },
      inRoster: true,
      story: {
        zh: '持山东惠才卡，人才库完全匹配：完成实名立即发卡',
        en: 'Holds the provincial card and is in the roster exactly: the card comes with the proof of her name',
      },
    },
    {
      key: 'yu-zhiyuan',
      name: '于志远',
      ...chinese('1979-11-02', 401, 'male'),
      ...none,
      ...programme,
      category: '2',
      employer: { ...madeUpEmployer(901), zoneCode: '371082' },
      inRoster: true,
      story: {
        zh: '市级人才工程入选者，人才库完全匹配',
        en: 'Chosen for a municipal programme, exactly in the roster',
      },
    },
    {
      key: 'sun-xiaodong',
      name: '孙晓东',
      ...chinese('1991-07-23', 402, 'male'),
      ...none,
      category: '1',
      provincialCardNumber: 'SDHC202300115',
      employer: { ...madeUpEmployer(902), zoneCode: '371002' },
      inRoster: false,
      story: {
        zh: '持惠才卡但不在人才库：由窗口三个工作日内核验',
        en: 'Holds the provincial card, not in the roster: a window checks within three working days',
      },
    },
    {
      key: 'cong-lan',
      name: '丛岚',
      ...chinese('1988-05-19', 403, 'female'),
      ...none,
      ...programme,
      category: '2',
      employer: { ...madeUpEmployer(903), zoneCode: '371083' },
      inRoster: '丛嵐',
      story: {
        zh: '人才库中姓名为异体字“嵐”，不完全匹配：由窗口比对',
        en: 'The roster writes her name with a variant character: a window compares',
      },
    },
    {
      key: 'anna-berg',
      name: 'ANNA BERG',
      identityType: 'passport',
      identityNumber: 'C01X00T47',
      birthDate: '1984-09-30',
      sex: 'female',
      nationality: 'DEU',
      ...none,
      ...programme,
      category: '2',
      employer: { ...madeUpEmployer(904), zoneCode: '371002-J' },
      inRoster: true,
      story: {
        zh: '德国籍专家（1984-09-30 出生），凭护照实名，在人才库中',
        en: 'German expert (born 1984-09-30), proves her name with a passport, in the roster',
      },
    },
    {
      key: 'minjun-kim',
      name: 'MINJUN KIM',
      identityType: 'permanent-residence',
      identityNumber: madeUpPermanentResidence('1975-01-08', 404, 'male'),
      birthDate: '1975-01-08',
      sex: 'male',
      nationality: 'KOR',
      ...none,
      category: '1',
      provincialCardNumber: 'SDHC202200309',
      employer: { ...madeUpEmployer(905), zoneCode: '371003' },
      inRoster: true,
      story: {
        zh: '持外国人永久居留身份证（五星卡），在人才库中',
        en: "Holds a foreigner's permanent residence card, in the roster",
      },
    },
    {
      key: 'bi-mingzhe',
      name: '毕明哲',
      ...chinese('1993-12-05', 405, 'male'),
      ...none,
      category: '2',
      inRoster: false,
      inRegistry: '毕明喆',
      story: {
        zh: '姓名与身份证登记不一致：实名不通过',
        en: 'The name differs from the identity registry: the proof fails',
      },
    },
    {
      key: 'gu-ruoxi',
      name: '谷若溪',
      ...chinese('1996-02-27', 406, 'female'),
      ...none,
      category: '2',
      inRoster: false,
      inRegistry: false,
      story: {
        zh: '身份登记系统查无此人',
        en: 'The identity registry does not know her document',
      },
    },
    {
      key: 'zou-jianbo',
      name: '邹建波',
      ...chinese('1982-08-16', 407, 'male'),
      ...none,
      ...programme,
      category: '2',
      employer: { ...madeUpEmployer(906), zoneCode: '371002-L' },
      inRoster: false,
      story: {
        zh: '申请曾被退回补正：按要求修改后重新提交',
        en: 'The application came back for correction: mend it and hand it in again',
      },
    },
    {
      key: 'chu-wanqing',
      name: '初婉清',
      ...chinese('1985-06-11', 408, 'female'),
      ...none,
      category: '3',
      programme: '泰山产业领军人才（演示）',
      documentNumber: '鲁演示〔2024〕7号',
      employer: { ...madeUpEmployer(907), zoneCode: '371003-N' },
      inRoster: false,
      story: {
        zh: '第三类引进人才：该类申请即将开放',
        en: 'Category 3, brought in with a programme title: that application opens soon',
      },
    },
    {
      key: 'ju-jingxing',
      name: '鞠景行',
      ...chinese('1974-04-21', 409, 'male'),
      ...none,
      category: '4',
      employer: { ...madeUpEmployer(908), zoneCode: '371002-G' },
      inRoster: false,
      story: {
        zh: '第四类：正高级职称，该类申请即将开放',
        en: 'Category 4, full-senior title: that application opens soon',
      },
    },
    {
      key: 'elder-expert',
      name: '欧阳慕容阿卜杜热依木·艾力亚斯',
      ...chinese('1941-10-01', 410, 'male'),
      ...none,
      category: '1',
      provincialCardNumber: 'SDHC201900012',
      employer: { ...madeUpEmployer(909), zoneCode: '371002' },
      inRoster: true,
      story: {
        zh: '八十五岁老专家，姓名很长：看看长辈版',
        en: 'An expert of eighty-five with a very long name: try elder mode',
      },
    },
    {
      key: 'gao-yuanfan',
      name: '高远帆',
      ...chinese('1986-03-19', 411, 'male'),
      ...none,
      category: '2',
      programme: '威海市产业领军人才（演示）',
      documentNumber: '威演示〔2024〕9号',
      employer: { ...madeUpEmployer(910), zoneCode: '371002' },
      inRoster: true,
      story: {
        zh: '持卡两年：有预约、候补、使用记录和办过的事',
        en: 'Two years with the card: bookings, a waiting line, uses and requests',
      },
    },
  ] satisfies Outline[]
).map((outline, index) => persona(outline, index));
