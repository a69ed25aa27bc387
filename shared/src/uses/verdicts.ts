/**
 * What a window is told about a code, each with a sentence and a colour of its own. `ok` and `ok-offline` let in;
 * `list-aging` lets in with a warning; everything else does not.
 */
export const VERDICTS = [
  'ok',
  'ok-offline',
  'list-aging',
  'not-a-code',
  'unknown-issuer',
  'forged',
  'code-expired',
  'clock-wrong',
  'credential-expired',
  'device-revoked',
  'card-suspended',
  'card-lost',
  'card-revoked',
  'card-expired',
  'already-used',
  'already-arrived',
  'wrong-venue',
  'not-entitled',
  'quota-gone',
  'funded-elsewhere',
  'companions-too-many',
  'online-only',
  'list-too-old',
  'kit-expired',
  'clerk-revoked',
  'after-revocation',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Green lets in, amber lets in with care, red does not. */
export const VERDICT_COLOURS: Record<Verdict, 'green' | 'amber' | 'red'> = {
  ok: 'green',
  'ok-offline': 'green',
  'list-aging': 'amber',
  'not-a-code': 'red',
  'unknown-issuer': 'red',
  forged: 'red',
  'code-expired': 'amber',
  'clock-wrong': 'amber',
  'credential-expired': 'red',
  'device-revoked': 'red',
  'card-suspended': 'red',
  'card-lost': 'red',
  'card-revoked': 'red',
  'card-expired': 'red',
  'already-used': 'red',
  // Their visit is recorded: nothing is to be done, and nobody is to be sent away.
  'already-arrived': 'amber',
  'wrong-venue': 'red',
  'not-entitled': 'red',
  'quota-gone': 'red',
  'funded-elsewhere': 'red',
  'companions-too-many': 'amber',
  'online-only': 'amber',
  'list-too-old': 'red',
  'kit-expired': 'red',
  'clerk-revoked': 'amber',
  'after-revocation': 'red',
};

/** Verdicts that let somebody in. */
export const LETS_IN = ['ok', 'ok-offline', 'list-aging'] as const satisfies readonly Verdict[];
