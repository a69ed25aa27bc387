import type { ConsentPurpose } from './schema.js';

/**
 * Version in force of each consent text. The clients show the text of this version and send it along; the server
 * answers CONSENT_VERSION_OUTDATED to any other. Raise it whenever the text changes in meaning.
 */
export const CONSENT_VERSIONS = {
  account: '2026-11',
  'real-name': '2026-11',
  'card-application': '2026-11',
  'data-matching': '2026-11',
} as const satisfies Record<ConsentPurpose, string>;
