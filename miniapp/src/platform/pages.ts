/** Every page of the mini-program by name. Addresses are stable: messages, QR codes and bookmarks point at them. */
export const PAGES = {
  home: '/pages/home/index',
  services: '/pages/services/index',
  code: '/pages/code/index',
  wallet: '/pages/wallet/index',
  messages: '/pages/messages/index',
  me: '/pages/me/index',
  welcome: '/subpackages/auth/welcome/index',
  consent: '/subpackages/auth/consent/index',
  signIn: '/subpackages/auth/sign-in/index',
  realName: '/subpackages/auth/real-name/index',
  card: '/subpackages/cards/detail/index',
  aboutCard: '/subpackages/cards/about/index',
  apply: '/subpackages/apply/form/index',
  applyDocuments: '/subpackages/apply/documents/index',
  application: '/subpackages/apply/detail/index',
  applicationResult: '/subpackages/apply/result/index',
  applications: '/subpackages/apply/list/index',
  settings: '/subpackages/settings/settings/index',
  profile: '/subpackages/settings/profile/index',
  privacy: '/subpackages/settings/privacy/index',
  erase: '/subpackages/settings/erase/index',
  sessions: '/subpackages/settings/sessions/index',
  help: '/subpackages/settings/help/index',
  devices: '/subpackages/settings/devices/index',
  channel: '/subpackages/services/channel/index',
  slots: '/subpackages/bookings/slots/index',
  bookings: '/subpackages/bookings/list/index',
  booking: '/subpackages/bookings/detail/index',
  waiting: '/subpackages/bookings/waiting/index',
  standing: '/subpackages/bookings/standing/index',
  uses: '/subpackages/uses/list/index',
  use: '/subpackages/uses/detail/index',
  rating: '/subpackages/uses/rating/index',
  request: '/subpackages/requests/detail/index',
  requestForm: '/subpackages/requests/form/index',
  requests: '/subpackages/requests/list/index',
  staff: '/subpackages/staff/window/index',
  staffArrivals: '/subpackages/staff/arrivals/index',
  staffUnsent: '/subpackages/staff/unsent/index',
} as const;
export type PageName = keyof typeof PAGES;

/** Pages in the tab bar: opened by `switchTab`, which carries no parameters. */
const TAB_PAGES = ['home', 'services', 'messages', 'me'] as const satisfies readonly PageName[];
export type TabPage = (typeof TAB_PAGES)[number];

/** What a page is opened with, beyond the optional `next` of the sign-in pages. */
export interface PageParams {
  /** `next`: address inside the mini-program to go to afterwards. */
  welcome: { next?: string };
  consent: { next?: string };
  signIn: { next?: string };
  realName: { next?: string };
  card: { cardId: string };
  /** Without a card: the one shown last, else the first in force. */
  code: { cardId?: string };
  application: { caseId: string };
  applicationResult: { caseId: string };
  /** With a case: correct the returned application instead of writing a new one. */
  apply: { caseId?: string };
  applyDocuments: { caseId?: string };
  channel: { channelId: string };
  /** With a booking: move it to another time. `date` and `slotId` take up what was chosen before signing in. */
  slots: { channelId: string; venueId?: string; date?: string; slotId?: string; bookingId?: string };
  /** `fresh`: it was made a moment ago. */
  booking: { bookingId: string; fresh?: '1' };
  waiting: { waitingId: string };
  use: { useId: string };
  rating: { ratingId: string };
  request: { caseId: string; fresh?: '1' };
  /** A channel for a new request, a case for correcting one that was returned. */
  requestForm: { channelId?: string; caseId?: string };
}

export type ParamsOf<P extends PageName> = P extends keyof PageParams ? PageParams[P] : undefined;

/** Address of a page with its parameters, each percent-encoded. */
export function pageUrl<P extends PageName>(page: P, params?: ParamsOf<P>): string {
  const query = Object.entries(params ?? {})
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return query ? `${PAGES[page]}?${query}` : PAGES[page];
}

/** The page that an address inside the mini-program names, or null for anything else. */
export function pageOfUrl(url: string): PageName | null {
  const path = url.split('?')[0];
  const found = Object.entries(PAGES).find(([, address]) => address === path);
  return found ? (found[0] as PageName) : null;
}

export function isTabPage(page: PageName): page is TabPage {
  return (TAB_PAGES as readonly PageName[]).includes(page);
}
