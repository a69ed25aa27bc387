import { applyDecorators, HttpCode, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Permission } from '@talent-card/shared/accounts/permissions';
import type { RouteDefinition } from '@talent-card/shared/common/route';
import type { ZodType } from 'zod';
import { ANSWERED } from './shared-answer.js';

export const ROUTE_METADATA = 'talent-card:route';

/** A route whose permission is one of the table. */
export type GuardedRoute = RouteDefinition<string, Permission>;

export interface EndpointOptions {
  /** One line for the API document. */
  readonly summary: string;
  /** Schema of the answer; without one the answer is 204. */
  readonly response?: ZodType;
  /** Media types of an answer that is a file; the handler sends it itself. */
  readonly file?: readonly string[];
}

const UPLOAD_FORM = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'string', format: 'binary' } },
};

/** `/admin/cards/:cardId` → `admin · cards`. */
function tagOf(route: GuardedRoute): string {
  const [first = '', second = ''] = route.path.slice(1).split('/');
  return first === 'admin' ? `admin · ${second}` : first;
}

function answerOf({ response, file }: EndpointOptions, status: number): Parameters<typeof ApiResponse>[0] {
  if (response) return { status, standardSchema: response };
  if (!file) return { status, description: 'Done; nothing to say' };
  const content = { schema: { type: 'string', format: 'binary' } } as const;
  return {
    status,
    description: 'The file',
    content: Object.fromEntries(file.map((type) => [type, content])),
  };
}

/**
 * Serialises by the contract: what the schema does not name never leaves, what it demands must be there. A wrapped
 * method and no interceptor: with a single interceptor anywhere, Nest leads every call through rxjs and makes an async
 * resource for it, which costs as much again as all else that it does.
 */
const serialisedBy =
  (schema: ZodType): MethodDecorator =>
  (_, __, descriptor: PropertyDescriptor) => {
    const handler = descriptor.value as (...args: unknown[]) => unknown;
    const serialised = async function (this: unknown, ...args: unknown[]): Promise<unknown> {
      const value = await handler.apply(this, args);
      return value === ANSWERED ? value : schema.parse(value);
    };
    // The API document finds a method's parameters by its name.
    descriptor.value = Object.defineProperty(serialised, 'name', { value: handler.name });
  };

/**
 * Makes a handler answer one route of the contract: its method, path, permission, documentation and the schema of
 * its answer. Parts that the schema does not know are cut off before they leave.
 */
export function Endpoint(route: GuardedRoute, options: EndpointOptions): MethodDecorator {
  const status = options.response || options.file ? 200 : 204;
  const decorators = [
    // First: what the others note down belongs to the method as it will be called.
    ...(options.response ? [serialisedBy(options.response)] : []),
    RequestMapping({ method: RequestMethod[route.method], path: route.path }),
    HttpCode(status),
    SetMetadata(ROUTE_METADATA, route),
    ApiTags(tagOf(route)),
    ApiOperation({ summary: options.summary, description: `Permission: \`${route.access}\`` }),
    ApiResponse(answerOf(options, status)),
  ];
  if (route.access !== 'public') decorators.push(ApiBearerAuth());
  if (route.upload) decorators.push(ApiConsumes('multipart/form-data'), ApiBody({ schema: UPLOAD_FORM }));
  if (route.idempotent) {
    decorators.push(
      ApiHeader({
        name: 'Idempotency-Key',
        required: true,
        description: 'Random, 16 to 64 characters; a repeated key gets the first answer',
      }),
    );
  }
  return applyDecorators(...decorators);
}
