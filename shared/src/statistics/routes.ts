import type * as z from 'zod';
import { route } from '../common/route.js';
import type { Export, RequestExport, statisticsQuerySchema, UseStatistics } from './schema.js';

export const statisticsRoutes = {
  uses: route<{ query: z.infer<typeof statisticsQuerySchema>; response: UseStatistics }>()({
    method: 'GET',
    path: '/admin/statistics/uses',
    access: 'statistics.read',
  }),
} as const;

export const exportRoutes = {
  request: route<{ body: RequestExport; response: Export }>()({
    method: 'POST',
    path: '/admin/exports',
    access: 'exports.make',
    idempotent: true,
  }),
  mine: route<{ response: { items: Export[] } }>()({
    method: 'GET',
    path: '/admin/exports',
    access: 'exports.make',
  }),
  one: route<{ response: Export }>()({
    method: 'GET',
    path: '/admin/exports/:exportId',
    access: 'exports.make',
  }),
  /** The workbook itself. */
  file: route()({ method: 'GET', path: '/admin/exports/:exportId/file', access: 'exports.make' }),
} as const;
