/**
 * How sending something to the outside went. Only `sent` reached somebody for certain; after `uncertain` nobody knows,
 * and nothing is sent again by itself.
 */
export type SendOutcome =
  /** `note` says what the log should know, such as that a sandbox kept it. */
  | { readonly result: 'sent'; readonly note?: string }
  /** Certainly not delivered: the person takes no such message. */
  | { readonly result: 'unwanted'; readonly code: string }
  /** Certainly not delivered, and the same would be refused again. `detail` names a field, never a value. */
  | { readonly result: 'refused'; readonly code: string; readonly detail?: string }
  /** Certainly not delivered; it may go later. */
  | { readonly result: 'not-sent'; readonly code: string }
  | { readonly result: 'uncertain'; readonly code: string };
