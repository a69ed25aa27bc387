/**
 * What a rule may ask of a person, and every reason it may answer with. Both clients word each reason in zh-CN and
 * en, as something that the person can act on; a test in each checks that none is missing. A reason's parameters
 * stand behind it; days are `YYYY-MM-DD` in Asia/Shanghai.
 */
export const CONDITION_REASONS = {
  /** Works in one of Weihai's zones today. */
  WORKS_IN_WEIHAI: {
    /** A checked source says so. */
    'WORKS_IN_WEIHAI.EMPLOYED': ['employer'],
    /** Only the applicant says so: the window checks the contract, or 社保 can be matched. */
    'WORKS_IN_WEIHAI.SELF_DECLARED': ['employer'],
    /** The last job known has ended: state the present employer. */
    'WORKS_IN_WEIHAI.ENDED': ['employer', 'until'],
    /** No job in Weihai is known: state the employer or have 社保 matched. */
    'WORKS_IN_WEIHAI.NOT_KNOWN': [],
  },
  /** Holds a valid 山东惠才卡. */
  HOLDS_PROVINCIAL_CARD: {
    'HOLDS_PROVINCIAL_CARD.HELD': [],
    /** The applicant gave a number that nobody has checked: upload the card. */
    'HOLDS_PROVINCIAL_CARD.SELF_DECLARED': [],
    /** The card known ran out on `until`: renew it and have a window record the new one. */
    'HOLDS_PROVINCIAL_CARD.EXPIRED': ['until'],
    'HOLDS_PROVINCIAL_CARD.NOT_KNOWN': [],
  },
  /** Chosen for a talent programme of the levels asked for. */
  IN_PROGRAMME: {
    'IN_PROGRAMME.CHOSEN': ['programme'],
    'IN_PROGRAMME.SELF_DECLARED': ['programme'],
    /** No programme is known: name it and upload the notice of selection. */
    'IN_PROGRAMME.NOT_KNOWN': [],
  },
  /** Named by the city's talent roster for the category. */
  IN_ROSTER: {
    'IN_ROSTER.LISTED': ['category'],
    'IN_ROSTER.EXPIRED': ['until'],
    /** Not in the roster: a window decides by the documents. */
    'IN_ROSTER.NOT_LISTED': [],
  },
  /** Not older than `max` full years. */
  AGE_AT_MOST: {
    'AGE_AT_MOST.YOUNG_ENOUGH': ['max'],
    /** Older, but `programme` lifts the limit. */
    'AGE_AT_MOST.LIFTED_BY_PROGRAMME': ['max', 'programme'],
    'AGE_AT_MOST.TOO_OLD': ['max', 'age'],
    /** The birth date is not known: a window records it from the passport. */
    'AGE_AT_MOST.BIRTH_DATE_NOT_KNOWN': ['max'],
  },
  /** Holds a degree of `level` (doctor, master, bachelor, college) or higher. */
  DEGREE_AT_LEAST: {
    'DEGREE_AT_LEAST.HELD': ['level'],
    'DEGREE_AT_LEAST.SELF_DECLARED': ['level'],
    /** Only a lower degree is known: have 学信网 matched, or upload the certificate. */
    'DEGREE_AT_LEAST.ONLY_LOWER_KNOWN': ['level', 'known'],
    'DEGREE_AT_LEAST.NOT_KNOWN': ['level'],
  },
  /** In the present job for `years` years or more. */
  IN_POST_AT_LEAST_YEARS: {
    'IN_POST_AT_LEAST_YEARS.LONG_ENOUGH': ['years', 'since'],
    /** Reached on `on`: apply then. */
    'IN_POST_AT_LEAST_YEARS.TOO_SHORT': ['years', 'since', 'on'],
    'IN_POST_AT_LEAST_YEARS.SELF_DECLARED': ['years', 'since'],
    'IN_POST_AT_LEAST_YEARS.NOT_KNOWN': ['years'],
  },
  /** Holds no valid card of `kind` (talent, youth) yet. */
  NO_VALID_CARD: {
    'NO_VALID_CARD.NONE': ['kind'],
    /** Already holds one: it is in the wallet. */
    'NO_VALID_CARD.HELD': ['kind', 'until'],
    'NO_VALID_CARD.NOT_CHECKED': ['kind'],
  },
  /** Holds a valid 英才卡 or 青年人才卡 of one of the `kinds`. */
  HOLDS_CARD: {
    'HOLDS_CARD.HELD': ['kind', 'until'],
    /** Suspended by the office: the reason stands on the card. */
    'HOLDS_CARD.SUSPENDED': ['kind'],
    /** Reported as lost: take the report back, or ask a window. */
    'HOLDS_CARD.LOST': ['kind'],
    /** No card yet: apply. */
    'HOLDS_CARD.NONE': [],
    'HOLDS_CARD.NOT_CHECKED': [],
  },
  /** The class of the card is one that the channel serves today. */
  CARD_CLASS_SERVED: {
    'CARD_CLASS_SERVED.SERVED': ['cardClass'],
    /** Served are `classes` only. */
    'CARD_CLASS_SERVED.OTHER_CLASS': ['cardClass', 'classes'],
    /** Nothing is offered to holders today; `from` is the day from which it is, or empty. */
    'CARD_CLASS_SERVED.NOT_TODAY': ['from'],
  },
  /** Is not a citizen of China. */
  IS_FOREIGNER: {
    'IS_FOREIGNER.YES': [],
    'IS_FOREIGNER.NO': [],
  },
  /** Brought to Weihai from outside: no register says so, reviewers decide. */
  BROUGHT_IN: { 'BROUGHT_IN.REVIEW_DECIDES': [] },
  /** Fortune-500 executive, full-senior title with real results, or otherwise recognised: reviewers decide. */
  RECOGNISED: { 'RECOGNISED.REVIEW_DECIDES': [] },
} as const satisfies Record<string, Record<string, readonly string[]>>;

export type ConditionCode = keyof typeof CONDITION_REASONS;
export const CONDITION_CODES = Object.keys(CONDITION_REASONS) as ConditionCode[];

type ReasonsOf<C> = C extends ConditionCode ? keyof (typeof CONDITION_REASONS)[C] : never;
export type ConditionReason = ReasonsOf<ConditionCode>;
export const CONDITION_REASON_CODES = Object.values(CONDITION_REASONS).flatMap((reasons) =>
  Object.keys(reasons),
) as ConditionReason[];
