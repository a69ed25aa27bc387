import type { Dictionary } from '@/platform/i18n';

export const messagesTexts = {} as const satisfies Dictionary;
