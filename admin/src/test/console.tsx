import {
  mayUse,
  PERMISSIONS,
  type Permission,
  type StaffRole,
} from '@talent-card/shared/accounts/permissions';
import type { StaffSelf } from '@talent-card/shared/accounts/schema';
import { workbenchRoutes } from '@talent-card/shared/workbench/routes';
import type { Workbench } from '@talent-card/shared/workbench/schema';
import { render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Suspense } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { Providers } from '../app.js';
import { routes } from '../routes.js';
import { setAccessToken } from '../services/api.js';
import { queryClient } from '../services/query.js';
import { type SessionStatus, useSession } from '../services/session.js';
import { useSettings } from '../settings.js';
import type { FakeServer } from './fake-server.js';

/** 26 characters, told apart by their end. */
export const id = (end: string | number): string => `01K${String(end).toUpperCase().padStart(23, '0')}`;

export function staffSelf(role: StaffRole = 'city-reviewer', over: Partial<StaffSelf> = {}): StaffSelf {
  return {
    staffId: id('SELF'),
    username: 'wanghai',
    displayName: '王海',
    role,
    zoneCode: '371000',
    venueIds: [],
    permissions: (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => mayUse(permission, role)),
    mustChangePassword: false,
    recoveryCodesLeft: 10,
    ...over,
  };
}

export const workbench: Workbench = {
  today: '2026-11-24',
  workingDay: true,
  waitingForMe: 2,
  dueToday: 1,
  overdue: 0,
  returned: 3,
  cardsActive: 612,
  cardsSuspended: 4,
  cardsExpiringIn90Days: 9,
  issuedThisMonth: 21,
  rosterEntries: 3000,
  importsRunning: 0,
  auditUnsealedSeconds: 1,
  issuedByMonth: [{ month: '2026-11', count: 21 }],
  cardsByZone: [{ zoneCode: '371002', count: 300 }],
};

/** Opens the console at an address, signed in as somebody, or not. */
export function openConsole(
  server: FakeServer,
  address: string,
  staff: StaffSelf | null = staffSelf(),
  status: SessionStatus = staff ? 'signed-in' : 'signed-out',
) {
  queryClient.clear();
  queryClient.setDefaultOptions({ queries: { retry: false, staleTime: 15_000 } });
  useSettings.setState({ locale: 'zh-CN', theme: 'light' });
  setAccessToken(staff ? 'token' : null);
  useSession.setState({
    status,
    staff,
    recoveryCodes: null,
    ended: false,
  });
  server.otherwise(workbenchRoutes.numbers, () => workbench);
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  render(
    <Providers unstyled>
      <Suspense fallback={null}>
        <RouterProvider router={router} />
      </Suspense>
    </Providers>,
  );
  return { router, user: userEvent.setup({ pointerEventsCheck: 0, delay: null }) };
}
