import * as z from 'zod';
import { serviceDateSchema } from '../common/schema.js';

/** The numbers an office acts on, limited to the zone of the member of staff. */
export const workbenchSchema = z.object({
  today: serviceDateSchema,
  workingDay: z.boolean(),
  waitingForMe: z.number().int(),
  dueToday: z.number().int(),
  overdue: z.number().int(),
  returned: z.number().int(),
  cardsActive: z.number().int(),
  cardsSuspended: z.number().int(),
  cardsExpiringIn90Days: z.number().int(),
  issuedThisMonth: z.number().int(),
  rosterEntries: z.number().int(),
  importsRunning: z.number().int(),
  auditUnsealedSeconds: z.number().int().nullable(),
  issuedByMonth: z.array(z.object({ month: z.string(), count: z.number().int() })).describe('Last 12 months'),
  cardsByZone: z.array(z.object({ zoneCode: z.string(), count: z.number().int() })),
});
export type Workbench = z.infer<typeof workbenchSchema>;
