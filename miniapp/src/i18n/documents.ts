import type { Dictionary } from '@/platform/i18n';

/** Identity documents and their numbers, wherever a number is typed. */
export const documentTexts = {
  'type-resident-id': ['居民身份证', 'Resident ID card'],
  'type-passport': ['护照', 'Passport'],
  'type-permanent-residence': ['外国人永久居留身份证', 'Permanent residence card'],
  number: ['证件号码', 'Document number'],
  'numberHint-resident-id': ['18 位，最后一位可能是 X', '18 characters, the last may be X'],
  'numberHint-passport': ['护照资料页右上角的号码', 'At the top right of the data page'],
  'numberHint-permanent-residence': [
    '新证 18 位、9 开头；旧证 3 个字母加 12 位数字',
    '18 digits beginning with 9; older: 3 letters and 12 digits',
  ],
  fillDemo: ['填入演示身份', 'Fill in the demo identity'],
} as const satisfies Dictionary;
