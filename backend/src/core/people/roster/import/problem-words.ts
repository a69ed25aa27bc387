import type { RowProblemCode } from '@talent-card/shared/people/schema';

/** What the returned file says of each problem. It is read by the office that filled it in, hence Chinese. */
export const PROBLEM_WORDS: Record<RowProblemCode, string> = {
  ROW_REQUIRED: '必填，请补充',
  ROW_NAME: '姓名含有不能识别的字符，请按证件填写',
  ROW_IDENTITY_TYPE: '证件类型不能识别，请填：居民身份证、护照、外国人永久居留身份证',
  ROW_IDENTITY_NUMBER: '证件号码格式不对，请核对',
  ROW_IDENTITY_CHECK_DIGIT: '身份证号码校验位不对，请核对每一位',
  ROW_CATEGORY: '人才类别不能识别，请填：1、2、3、4',
  ROW_ZONE: '区市不能识别，请填区市名称，如：环翠区、高区、荣成市',
  ROW_CARD_CLASS: '人才层次不能识别，请填：A、B、C、D、E，或留空',
  ROW_MOBILE: '手机号格式不对，已忽略',
  ROW_DATE: '日期不能识别，请填写如 2030-12-31',
  ROW_DATE_PAST: '有效期已过',
  ROW_TOO_LONG: '内容太长，请缩短',
  ROW_DUPLICATE_IN_FILE: '与本文件另一行重复，行号',
  ROW_CREDIT_CODE_WARNING: '统一社会信用代码校验不通过，请核对',
  ROW_UNCHANGED_WARNING: '与现有名单相同，不会重复导入',
  ROW_NUMBER_AS_FLOAT: '证件号码被表格软件存成了数值，末几位已丢失：请把该列设为文本后重新填写',
};
