import { removeStored } from './storage';

/**
 * What somebody has typed and not handed in, with a mobile number in it: whoever leaves the account on this phone takes
 * it along. A session that the service ended leaves it, for the same person signs in again and goes on.
 */
export const DRAFT_PREFIX = 'apply-draft:';

const holders = new Set<() => void>();

/** Who holds drafts in memory lets go of them with the stored ones; told by packages that are loaded later. */
export function onDraftsForgotten(letGo: () => void): void {
  holders.add(letGo);
}

export function forgetDrafts(): void {
  removeStored(DRAFT_PREFIX);
  for (const letGo of holders) letGo();
}
