import { Global, Module } from '@nestjs/common';
import { Outbox } from './outbox.js';
import { OutboxHandlers } from './outbox-handlers.js';

@Global()
@Module({ providers: [Outbox, OutboxHandlers], exports: [Outbox, OutboxHandlers] })
export class OutboxModule {}
