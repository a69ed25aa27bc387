import { accountRoutes, sandboxRoutes, staffRoutes } from './accounts/routes.js';
import { auditRoutes } from './audit/routes.js';
import { bookingAdminRoutes, bookingRoutes, waitingRoutes } from './bookings/routes.js';
import { calendarRoutes } from './calendar/routes.js';
import { cardCodeAdminRoutes, cardCodeRoutes, clerkRoutes } from './card-code/routes.js';
import { applicationRoutes, cardAdminRoutes, cardRoutes } from './cards/routes.js';
import { caseRoutes } from './casework/routes.js';
import { channelAdminRoutes, channelRoutes } from './channels/routes.js';
import type { Route } from './common/route.js';
import { ratingAdminRoutes, ratingRoutes } from './feedback/routes.js';
import { fileRoutes } from './files/routes.js';
import { messageAdminRoutes, messageRoutes, subscriptionRoutes } from './messages/routes.js';
import { peopleRoutes, rosterRoutes } from './people/routes.js';
import { requestRoutes } from './requests/routes.js';
import { exportRoutes, statisticsRoutes } from './statistics/routes.js';
import { useAdminRoutes, useRoutes, windowRoutes } from './uses/routes.js';
import { venueAdminRoutes, venueRoutes } from './venues/routes.js';
import { workbenchRoutes } from './workbench/routes.js';

/** Every route of the contract; the backend's tests cross it with every role. */
export const ALL_ROUTES: readonly Route[] = [
  accountRoutes,
  sandboxRoutes,
  staffRoutes,
  peopleRoutes,
  rosterRoutes,
  cardRoutes,
  applicationRoutes,
  cardAdminRoutes,
  caseRoutes,
  fileRoutes,
  messageRoutes,
  calendarRoutes,
  auditRoutes,
  workbenchRoutes,
  venueRoutes,
  venueAdminRoutes,
  channelRoutes,
  channelAdminRoutes,
  bookingRoutes,
  waitingRoutes,
  bookingAdminRoutes,
  cardCodeRoutes,
  cardCodeAdminRoutes,
  clerkRoutes,
  useRoutes,
  windowRoutes,
  useAdminRoutes,
  ratingRoutes,
  ratingAdminRoutes,
  requestRoutes,
  statisticsRoutes,
  exportRoutes,
  subscriptionRoutes,
  messageAdminRoutes,
].flatMap((group) => Object.values(group) as Route[]);
