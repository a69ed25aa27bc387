import type { Locale } from '@talent-card/shared/common/locale';
import type { ConditionCode, ConditionReason } from '@talent-card/shared/eligibility/codes';
import type { Condition } from '@talent-card/shared/eligibility/schema';
import { type Text, textIn } from '@/platform/i18n';
import { cardReasonTexts } from './channel-conditions';
import { reasonInWords } from './condition-words';

/** What a rule asks, as the heading of a condition. */
export const conditionTexts: Record<ConditionCode, Text> = {
  WORKS_IN_WEIHAI: ['在威海工作', 'Works in Weihai'],
  HOLDS_PROVINCIAL_CARD: ['持有山东惠才卡', 'Holds the Shandong Huicai Card'],
  IN_PROGRAMME: ['入选人才工程', 'Chosen for a talent programme'],
  IN_ROSTER: ['在威海人才库中', 'In the city talent roster'],
  AGE_AT_MOST: ['年龄', 'Age'],
  DEGREE_AT_LEAST: ['学位学历', 'Degree'],
  IN_POST_AT_LEAST_YEARS: ['任职年限', 'Years in post'],
  NO_VALID_CARD: ['还没有有效的卡', 'No valid card yet'],
  HOLDS_CARD: ['持有有效的卡', 'Holds a valid card'],
  CARD_CLASS_SERVED: ['卡的类别', 'Class of the card'],
  IS_FOREIGNER: ['外国人', 'Not a citizen of China'],
  BROUGHT_IN: ['从市外引进', 'Brought in from outside'],
  RECOGNISED: ['能力业绩', 'Standing and results'],
};

/** Why the answer is what it is: what is known, or what to do about it. */
export const reasonTexts: Record<ConditionReason, Text> = {
  ...cardReasonTexts,
  'WORKS_IN_WEIHAI.EMPLOYED': ['已核对：在{employer}工作', 'Confirmed: works at {employer}'],
  'WORKS_IN_WEIHAI.SELF_DECLARED': [
    '你填的是{employer}，由窗口核对；附上劳动合同会更快。',
    'You stated {employer}; the window checks it, faster with a contract.',
  ],
  'WORKS_IN_WEIHAI.ENDED': [
    '记录显示你在{employer}工作到{until}。请填写现在的单位。',
    'Records say you worked at {employer} until {until}. Please state your present employer.',
  ],
  'WORKS_IN_WEIHAI.NOT_KNOWN': [
    '还没有你在威海工作的记录。请填写单位和岗位，并上传劳动合同。',
    'No job in Weihai is on record yet. Fill in employer and position, and upload the contract.',
  ],
  'HOLDS_PROVINCIAL_CARD.SELF_DECLARED': [
    '你填的卡号由窗口核对，请确认惠才卡照片已上传。',
    'The window checks the number you gave; make sure that a photo of the card is uploaded.',
  ],
  'HOLDS_PROVINCIAL_CARD.NOT_KNOWN': [
    '还没有惠才卡记录。有卡请填卡号并上传照片；没有请选别的一项。',
    'No Huicai Card is on record. Enter its number and upload a photo, or choose another item.',
  ],
  'IN_PROGRAMME.CHOSEN': ['已核对：入选{programme}', 'Confirmed: chosen for {programme}'],
  'IN_PROGRAMME.SELF_DECLARED': [
    '你填的{programme}由窗口核对，请确认入选文件已上传。',
    'You stated {programme}; the window checks it. Make sure that the notice is uploaded.',
  ],
  'IN_PROGRAMME.NOT_KNOWN': [
    '还没有人才工程记录。请填写工程名称，并上传入选文件。',
    'No programme is on record. Name it and upload the notice of selection.',
  ],
  'IN_ROSTER.LISTED': ['人才库里有你，属{category}', 'The roster lists you: {category}'],
  'IN_ROSTER.EXPIRED': [
    '人才库里的记录{until}已到期。请上传最新的证明，由窗口更新。',
    'Your roster entry expired on {until}. Upload recent proof and a window will update it.',
  ],
  'IN_ROSTER.NOT_LISTED': [
    '人才库里还没有完全一致的记录。可以提交，由窗口看材料决定。',
    'The roster has no exact match. You may submit: a window decides by your documents.',
  ],
  'AGE_AT_MOST.YOUNG_ENOUGH': ['不超过 {max} 岁', 'Not older than {max}'],
  'AGE_AT_MOST.LIFTED_BY_PROGRAMME': [
    '一般不超过 {max} 岁；你入选{programme}，不受限制',
    'Usually at most {max}; being chosen for {programme} lifts the limit',
  ],
  'AGE_AT_MOST.TOO_OLD': [
    '这一类一般不超过 {max} 岁，你现在 {age} 岁。请看看是否符合别的类别，或问问服务窗口。',
    'This category is usually for people up to {max}; you are {age}. See whether another fits, or ask a window.',
  ],
  'AGE_AT_MOST.BIRTH_DATE_NOT_KNOWN': [
    '要求不超过 {max} 岁，但出生日期还没有登记。请带护照到服务窗口登记。',
    'The limit is {max}, and your birth date is not on record. Take your passport to a service window.',
  ],
  'DEGREE_AT_LEAST.HELD': ['已核对：{level}及以上', 'Confirmed: {level} or higher'],
  'DEGREE_AT_LEAST.SELF_DECLARED': [
    '{level}学位由窗口核对，请确认学位证书已上传。',
    'The window checks the {level}; make sure that the certificate is uploaded.',
  ],
  'DEGREE_AT_LEAST.ONLY_LOWER_KNOWN': [
    '要求{level}，目前只查到{known}。请同意学信网比对，或上传学位证书。',
    'A {level} is asked for; only a {known} is on record. Allow the CHSI match or upload the certificate.',
  ],
  'DEGREE_AT_LEAST.NOT_KNOWN': [
    '要求{level}，还没有学历记录。请同意学信网比对，或上传学位证书。',
    'A {level} is asked for and none is on record. Allow the CHSI match or upload the certificate.',
  ],
  'IN_POST_AT_LEAST_YEARS.LONG_ENOUGH': [
    '从{since}任职，已满 {years} 年',
    'In post since {since}: {years} {years:year|years} or more',
  ],
  'IN_POST_AT_LEAST_YEARS.TOO_SHORT': [
    '要求任职满 {years} 年，你从{since}算起，{on}可以申领。',
    'Asks for {years} {years:year|years} in post. Counting from {since}, you can apply on {on}.',
  ],
  'IN_POST_AT_LEAST_YEARS.SELF_DECLARED': [
    '你填的任职时间（{since}起）由窗口核对是否满 {years} 年，请确认劳动合同已上传。',
    'You started on {since}; the window checks the {years} {years:year|years}. Make sure that the contract is uploaded.',
  ],
  'IN_POST_AT_LEAST_YEARS.NOT_KNOWN': [
    '要求任职满 {years} 年。请填写哪天开始在这个岗位。',
    'Asks for {years} {years:year|years} in post. Fill in the day you started.',
  ],
  'NO_VALID_CARD.NONE': ['可以申领{kind}', 'You may apply for the {kind}'],
  'NO_VALID_CARD.HELD': [
    '你已有{kind}，有效期到{until}。请到卡包查看，不用再申领。',
    'You hold a {kind} valid until {until}. It is in your wallet; no need to apply.',
  ],
  'NO_VALID_CARD.NOT_CHECKED': [
    '提交时会查你是否已有{kind}，现在不用做什么。',
    'Whether you already hold a {kind} is checked on submitting; nothing to do now.',
  ],
  'BROUGHT_IN.REVIEW_DECIDES': [
    '由审核部门看引进材料决定。请备好引进协议和来威前的工作证明。',
    'Reviewers decide. Have your recruitment agreement and proof of earlier work ready.',
  ],
  'RECOGNISED.REVIEW_DECIDES': [
    '由审核部门看业绩材料决定。请备好职称、任职和业绩证明。',
    'Reviewers decide. Have proof of your title, post and results ready.',
  ],
};

/** Heading of a condition; a code that this version does not know stands for itself. */
export function nameCondition(code: string, locale: Locale): string {
  return code in conditionTexts ? textIn(locale, conditionTexts[code as ConditionCode]) : code;
}

/** Why a condition is met, unmet or open, in words; an unknown reason says whom to ask and keeps its code. */
export function explainCondition(condition: Pick<Condition, 'reason' | 'params'>, locale: Locale): string {
  return reasonInWords(reasonTexts, condition, locale);
}
