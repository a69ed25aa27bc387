import { accountRoutes, sandboxRoutes, staffRoutes } from './accounts/routes.js';
import { auditRoutes } from './audit/routes.js';
import { calendarRoutes } from './calendar/routes.js';
import { applicationRoutes, cardAdminRoutes, cardRoutes } from './cards/routes.js';
import { caseRoutes } from './casework/routes.js';
import type { Route } from './common/route.js';
import { fileRoutes } from './files/routes.js';
import { messageRoutes } from './messages/routes.js';
import { peopleRoutes, rosterRoutes } from './people/routes.js';
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
].flatMap((group) => Object.values(group) as Route[]);
