import * as z from 'zod';
import { ZONE_CODES } from '../accounts/districts.js';
import { idSchema, instantSchema, localizedTextSchema, serviceDateSchema } from '../common/schema.js';

export const statisticsQuerySchema = z.object({
  from: serviceDateSchema,
  to: serviceDateSchema,
  zoneCode: z.enum(ZONE_CODES).optional(),
});
/** Uses between two days, refunded and refused ones left out. */
export const useStatisticsSchema = z.object({
  uses: z.number().int(),
  holders: z.number().int().describe('Different people'),
  bookings: z.number().int(),
  noShows: z.number().int(),
  averageGrade: z.number().nullable(),
  byChannel: z.array(
    z.object({
      channelId: idSchema,
      name: localizedTextSchema,
      uses: z.number().int(),
      grade: z.number().nullable(),
    }),
  ),
  byDistrict: z.array(z.object({ zoneCode: z.enum(ZONE_CODES), uses: z.number().int() })),
  byMonth: z.array(z.object({ month: z.string(), uses: z.number().int() })),
});
export type UseStatistics = z.infer<typeof useStatisticsSchema>;

export const EXPORT_KINDS = ['uses', 'bookings', 'cards', 'ratings'] as const;
export const EXPORT_STATES = ['waiting', 'running', 'done', 'failed', 'expired'] as const;
/** A workbook made in the background; kept for seven days. Names and numbers in it are masked. */
export const exportSchema = z.object({
  exportId: idSchema,
  kind: z.enum(EXPORT_KINDS),
  filter: z.record(z.string(), z.string()),
  state: z.enum(EXPORT_STATES),
  rowsDone: z.number().int(),
  rowsTotal: z.number().int().nullable(),
  requestedAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  expiresAt: instantSchema.nullable(),
});
export type Export = z.infer<typeof exportSchema>;
export const requestExportSchema = z.strictObject({
  kind: z.enum(EXPORT_KINDS),
  filter: z
    .record(z.string().max(30), z.string().max(100))
    .default({})
    .describe('As in the address of the list'),
});
export type RequestExport = z.input<typeof requestExportSchema>;
