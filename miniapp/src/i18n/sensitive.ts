import type { Channel } from '@talent-card/shared/channels/schema';
import type { Dictionary, Text } from '@/platform/i18n';

type Matter = NonNullable<Channel['sensitive']>;

/** Consents of their own for sensitive matters, asked for where they are needed (PIPL art. 28 to 31). */
export const sensitiveTexts = {
  version: [
    '版本 {version}，可随时在“隐私与我的数据”里撤回',
    'Version {version}; you may withdraw it any time under "Privacy and my data"',
  ],
  needed: ['请先勾选同意，再继续', 'Please tick the box before you go on'],
} as const satisfies Dictionary;
export const sensitiveTitles: Record<Matter, Text> = {
  health: ['同意为这次服务使用健康信息', 'I agree that health information is used for this service'],
  minor: ['同意为这件事使用孩子的信息', 'I agree that information about my child is used for this matter'],
};
export const sensitiveBodies: Record<Matter, Text> = {
  health: [
    '你约了什么医疗服务，属于敏感的健康信息。只告诉接诊的医院，只用于这次服务，不作他用。',
    'Which medical service you book is sensitive. Only the hospital learns it, for this service and nothing else.',
  ],
  minor: [
    '不满 14 周岁孩子的信息属于敏感信息。只交给受理部门，只用于这件事，不作他用。',
    'Information about a child under 14 is sensitive. Only the office learns it, for this matter and nothing else.',
  ],
};
