import type { FieldProblemCode } from '@talent-card/shared/common/error-codes';
import type { Locale } from '@talent-card/shared/common/locale';
import type { FieldProblem } from '@talent-card/shared/common/schema';
import { ApiError } from '@/platform/api-error';
import { type Params, type Text, textIn } from '@/platform/i18n';

/** What is wrong with one field and how to mend it. */
export const fieldTexts: Record<FieldProblemCode, Text> = {
  REQUIRED: ['请填写这一项', 'Please fill this in'],
  TOO_SHORT: ['太短了，请写完整', 'Too short; please complete it'],
  TOO_LONG: ['太长了，请缩短一些', 'Too long; please shorten it'],
  TOO_SMALL: ['数值太小，请改大一些', 'Too small; please enter more'],
  TOO_BIG: ['数值太大，请改小一些', 'Too large; please enter less'],
  NOT_ALLOWED: ['请从给出的选项里选', 'Please choose one of the options'],
  FORMAT: ['格式不对，请检查后重填', 'The form is not right; please check it'],
  UNKNOWN_FIELD: ['这一项不需要，请去掉', 'This is not needed; please remove it'],
  ID_FORMAT: ['编号不对，请返回重新打开', 'Wrong reference; go back and open it again'],
  DATE_INVALID: ['没有这一天，请重新选日期', 'There is no such day; please choose again'],
  DATE_IN_FUTURE: ['日期在今天之后，请改为今天或更早', 'This day is still to come; choose today or earlier'],
  DATE_ORDER: ['先后顺序反了，请检查两个日期', 'The two dates are the wrong way round'],
  NAME_CHARACTERS: [
    '请照证件填写姓名，不要加数字或符号',
    'Write the name as on the document, without digits or signs',
  ],
  RESIDENT_ID_LENGTH: ['身份证号是 18 位，请检查有没有漏填', 'The number has 18 characters; please check'],
  RESIDENT_ID_CHARACTERS: [
    '身份证号只有数字，最后一位可以是 X',
    'Only digits, and X at the end, are possible',
  ],
  RESIDENT_ID_BIRTH_DATE: [
    '第 7 到 14 位不是一个日期，请核对',
    'Characters 7 to 14 are not a date; please check',
  ],
  RESIDENT_ID_CHECK_DIGIT: [
    '号码有一位不对，请逐位核对',
    'One digit is wrong; please compare them one by one',
  ],
  PASSPORT_FORMAT: [
    '护照号是 5 到 15 位字母和数字，请核对',
    'A passport number has 5 to 15 letters and digits',
  ],
  PERMANENT_RESIDENCE_FORMAT: [
    '请填 18 位新证号（9 开头），或 3 个字母加 12 位数字',
    'Enter the 18 digits beginning with 9, or 3 letters and 12 digits',
  ],
  CREDIT_CODE_LENGTH: ['统一社会信用代码是 18 位，请检查', 'The credit code has 18 characters; please check'],
  CREDIT_CODE_CHARACTERS: [
    '代码里没有字母 I、O、S、V、Z，请核对',
    'The code has no letters I, O, S, V, Z; please check',
  ],
  CREDIT_CODE_CHECK_DIGIT: [
    '校验位对不上，请与营业执照再核对一次；无误可以继续',
    'The check character does not fit. Compare it with the licence; if it is right, go on',
  ],
  MOBILE_FORMAT: ['请填 11 位手机号', 'Enter the 11 digits of your mobile number'],
  PASSWORD_TOO_SHORT: ['密码至少 12 位，请加长', 'At least 12 characters, please'],
  PASSWORD_TOO_COMMON: ['这个密码太常见，请换一个', 'This password is too common; choose another'],
  TOTP_FORMAT: ['动态码是 6 位数字，请重新输入', 'The code has 6 digits; please enter it again'],
};

/** The words for one field; a code that this version does not know yet reads as a wrong format. */
export function explainField(
  problem: FieldProblemCode | Pick<FieldProblem, 'code' | 'params'>,
  locale: Locale,
): string {
  const code = typeof problem === 'string' ? problem : problem.code;
  const params: Params | undefined = typeof problem === 'string' ? undefined : problem.params;
  const text = code in fieldTexts ? fieldTexts[code as FieldProblemCode] : fieldTexts.FORMAT;
  return textIn(locale, text, params);
}

/** Problems of a refused submission by the path of their field, in words. */
export function explainFields(error: unknown, locale: Locale): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(error.fields.map((field) => [field.path, explainField(field, locale)]));
}
