import type { Permission } from '@talent-card/shared/accounts/permissions';
import { type ComponentType, lazy } from 'react';
import type { RouteObject } from 'react-router';
import { RouteCrash } from './components/crash.js';
import { NotFound } from './components/states.js';
import { RequirePermission, RequireSession } from './guards.js';
import { Shell } from './shell.js';

/** Each page is a chunk of its own, opened by one permission. */
function page(path: string, needs: Permission, load: () => Promise<{ default: ComponentType }>): RouteObject {
  const Page = lazy(load);
  return {
    ...(path === '' ? { index: true } : { path }),
    element: (
      <RequirePermission permission={needs}>
        <Page />
      </RequirePermission>
    ),
    errorElement: <RouteCrash />,
  };
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
      page('', 'workbench.read', () => import('./pages/workbench/index.js')),
      { path: '*', element: <NotFound /> },
    ],
  },
];
