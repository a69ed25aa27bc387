import { Global, Module } from '@nestjs/common';
import { Outbox } from './outbox.js';
import { OutboxWorker } from './outbox.worker.js';
import { OutboxHandlers } from './outbox-handlers.js';
import { OutboxStatus } from './outbox-status.js';

@Global()
@Module({
  providers: [Outbox, OutboxHandlers, OutboxStatus, OutboxWorker],
  exports: [Outbox, OutboxHandlers, OutboxStatus],
})
export class OutboxModule {}
