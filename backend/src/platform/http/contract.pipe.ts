import { type ArgumentMetadata, StandardSchemaValidationPipe } from '@nestjs/common';
import type { core } from 'zod';
import { DomainError, fieldError } from '../errors/domain-error.js';
import { fieldProblems } from './field-problems.js';

/** Holds bodies, queries and path parameters against their schema of the contract; tells every wrong field at once. */
export class ContractPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({
      exceptionFactory: (issues) => fieldError(...fieldProblems(issues as readonly core.$ZodIssue[])),
    });
  }

  /** A schema of a single parameter (`:date`) names no field itself: the parameter is the field. */
  override async transform<T = unknown>(value: T, metadata: ArgumentMetadata): Promise<T> {
    try {
      return (await super.transform(value, metadata)) as T;
    } catch (error) {
      if (!(error instanceof DomainError) || metadata.data === undefined) throw error;
      const fields = error.details.fields as { path: string; code: string }[];
      throw new DomainError(error.code, {
        fields: fields.map((field) => ({
          ...field,
          path: [metadata.data, field.path].filter((part) => part !== '').join('.'),
        })),
      });
    }
  }
}
