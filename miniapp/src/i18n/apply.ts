import type { Dictionary } from '@/platform/i18n';

export const applyTexts = {} as const satisfies Dictionary;
