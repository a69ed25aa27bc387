/** Type of the cases that issue cards; every other type answers a request. */
export const CARD_APPLICATION = 'card-application';
