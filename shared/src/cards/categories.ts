/**
 * 申领类别: the four kinds of people who may hold the card. 1 works in Weihai and holds the 山东惠才卡; 2 chosen under
 * 威发〔2018〕22号 or in a municipal programme; 3 brought in with a programme title; 4 executives, scarce-field
 * doctors, full-senior titles, or otherwise recognised. 1 and 2 are issued directly, 3 and 4 reviewed.
 */
export const CARD_CATEGORIES = ['1', '2', '3', '4'] as const;
export type CardCategory = (typeof CARD_CATEGORIES)[number];

/** Categories whose application is open now; the others are announced politely. */
export const OPEN_CATEGORIES = ['1', '2'] as const satisfies readonly CardCategory[];

/** 英才卡 and 青年人才卡. One person may hold one valid card of each kind. */
export const CARD_KINDS = ['talent', 'youth'] as const;
export type CardKind = (typeof CARD_KINDS)[number];
