import type { Permission } from '@talent-card/shared/accounts/permissions';
import { type ComponentType, lazy } from 'react';
import { Navigate, type RouteObject } from 'react-router';
import { startOf, useMay } from './access.js';
import { RouteCrash } from './components/crash.js';
import { NotFound } from './components/states.js';
import { RequirePermission, RequireSession } from './guards.js';
import { Shell } from './shell.js';

/** Each page is a chunk of its own, opened by one permission. */
function page(path: string, needs: Permission, load: () => Promise<{ default: ComponentType }>): RouteObject {
  const Page = lazy(load);
  return {
    path,
    element: (
      <RequirePermission permission={needs}>
        <Page />
      </RequirePermission>
    ),
    errorElement: <RouteCrash />,
  };
}

const Workbench = lazy(() => import('./pages/workbench/index.js'));

/** The first page by role: staff of venues have no workbench. */
function Start() {
  const elsewhere = startOf(useMay());
  return elsewhere ? <Navigate to={elsewhere} replace /> : <Workbench />;
}

const SignIn = lazy(() => import('./pages/sign-in/index.js'));

export const routes: RouteObject[] = [
  { path: '/sign-in', element: <SignIn />, errorElement: <RouteCrash /> },
  {
    path: '/',
    element: (
      <RequireSession>
        <Shell />
      </RequireSession>
    ),
    errorElement: <RouteCrash />,
    children: [
      { index: true, element: <Start />, errorElement: <RouteCrash /> },
      page('cases', 'cases.read', () => import('./pages/cases/queue.js')),
      page('cases/:caseId', 'cases.read', () => import('./pages/cases/detail.js')),
      page('cards', 'cards.read', () => import('./pages/cards/list.js')),
      page('cards/:cardId', 'cards.read', () => import('./pages/cards/detail.js')),
      page('roster', 'roster.read', () => import('./pages/roster/list.js')),
      page('roster/import', 'roster.import', () => import('./pages/roster/import-upload.js')),
      page('roster/imports/:batchId', 'roster.read', () => import('./pages/roster/import-batch.js')),
      page('people/:personId', 'people.read', () => import('./pages/people/detail.js')),
      page('staff', 'staff.read', () => import('./pages/staff/index.js')),
      page('audit', 'audit.read', () => import('./pages/audit/index.js')),
      page('window', 'uses.record', () => import('./pages/window/index.js')),
      page('arrivals', 'bookings.read', () => import('./pages/arrivals/index.js')),
      page('bookings', 'bookings.read', () => import('./pages/bookings/list.js')),
      page('bookings/:bookingId', 'bookings.read', () => import('./pages/bookings/detail.js')),
      page('uses', 'uses.read', () => import('./pages/uses/list.js')),
      page('uses/:useId', 'uses.read', () => import('./pages/uses/detail.js')),
      page('ratings', 'feedback.read', () => import('./pages/ratings/index.js')),
      page('clerk-devices', 'clerk-devices.read', () => import('./pages/clerk-devices/index.js')),
      page('channels', 'channels.read', () => import('./pages/channels/list.js')),
      page('channels/new', 'channels.edit', () => import('./pages/channels/new.js')),
      page('channels/:channelId', 'channels.read', () => import('./pages/channels/detail.js')),
      page('venues', 'venues.read', () => import('./pages/venues/list.js')),
      page('venues/new', 'venues.create', () => import('./pages/venues/new.js')),
      page('venues/:venueId', 'venues.read', () => import('./pages/venues/detail.js')),
      page('calendar', 'calendar.read', () => import('./pages/calendar/index.js')),
      page('statistics', 'statistics.read', () => import('./pages/statistics/index.js')),
      page('exports', 'exports.make', () => import('./pages/exports/index.js')),
      page('messages', 'messages.read-log', () => import('./pages/messages/index.js')),
      page('account', 'staff.session', () => import('./pages/account/index.js')),
      { path: '*', element: <NotFound /> },
    ],
  },
];
