import { CreateOperations20261122000100 } from '../migrations/20261122000100-create-operations.js';
import type { SchemaParts } from './platform/database/data-sources.js';
import { IdempotencyRecord } from './platform/database/idempotency-record.entity.js';
import { Operation } from './platform/database/operations.entity.js';

/** Every entity and every migration, in order. A new one is added at the end of its list. */
export const schema = {
  entities: [Operation, IdempotencyRecord],
  migrations: [CreateOperations20261122000100],
} satisfies SchemaParts;
