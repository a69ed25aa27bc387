import type { CaseState } from '@talent-card/shared/casework/case-state';
import type { Tone } from '@/ui';

export const STATE_TONES: Record<CaseState, Tone> = {
  'in-review': 'info',
  returned: 'warn',
  approved: 'ok',
  rejected: 'danger',
  withdrawn: 'quiet',
};
