import { route } from '../common/route.js';
import type { Workbench } from './schema.js';

export const workbenchRoutes = {
  numbers: route<{ response: Workbench }>()({
    method: 'GET',
    path: '/admin/workbench',
    access: 'workbench.read',
  }),
} as const;
