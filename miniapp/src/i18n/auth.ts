import type { Dictionary } from '@/platform/i18n';

export const authTexts = {} as const satisfies Dictionary;
