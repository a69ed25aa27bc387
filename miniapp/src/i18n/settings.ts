import type { Dictionary } from '@/platform/i18n';

export const settingsTexts = {} as const satisfies Dictionary;
