import type { UseState } from '@talent-card/shared/uses/use-state';
import type { Tone } from '@/ui';

export const USE_TONES: Record<UseState, Tone> = {
  used: 'ok',
  'to-settle': 'warn',
  disputed: 'warn',
  refunded: 'info',
  refused: 'quiet',
};
