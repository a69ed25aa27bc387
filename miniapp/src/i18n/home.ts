import type { Dictionary } from '@/platform/i18n';

export const homeTexts = {} as const satisfies Dictionary;
