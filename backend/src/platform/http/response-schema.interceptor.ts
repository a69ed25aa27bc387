import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { map, type Observable } from 'rxjs';
import type { ZodType } from 'zod';
import { RESPONSE_SCHEMA_METADATA } from './endpoint.decorator.js';
import { ANSWERED } from './shared-answer.js';

/** Serialises by the contract: what the schema does not name never leaves, what it demands must be there. */
@Injectable()
export class ResponseSchemaInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const schema = this.reflector.get<ZodType | undefined>(RESPONSE_SCHEMA_METADATA, context.getHandler());
    return schema
      ? next.handle().pipe(map((value: unknown) => (value === ANSWERED ? value : schema.parse(value))))
      : next.handle();
  }
}
