import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { problemSchema } from '@talent-card/shared/common/schema';
import * as z from 'zod';

type Operation = Record<string, unknown> & {
  responses?: Record<string, unknown>;
  parameters?: unknown[];
  tags?: string[];
};
type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
const METHODS = ['get', 'post', 'put', 'delete'] as const;

const DESCRIPTION = `The one API of the mini-program, the console and whoever carries on.

- Times are ISO 8601 in UTC; service days are \`YYYY-MM-DD\` in Asia/Shanghai; money is in cents (分).
- Ids are opaque, sortable by their making, 26 characters.
- Lists are paged: \`items\` and \`nextCursor\` (null on the last page).
- A call that must not happen twice carries an \`Idempotency-Key\`; the second call gets the first answer.
- Every refusal is \`{ code, details, requestId }\` as \`application/problem+json\`. VALIDATION_FAILED names each field in \`details.fields\`.
- Each route names one permission; what is not yours answers like what is not there.`;

function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.values(document.paths).flatMap((item) =>
    METHODS.flatMap((method) => {
      const operation = item[method] as Operation | undefined;
      return operation ? [operation] : [];
    }),
  );
}

/** The pattern behind `format: date` is two lines of digits that nobody reads; the format says it all. */
function dropDatePatterns(node: unknown): void {
  if (node === null || typeof node !== 'object') return;
  const schema = node as { format?: unknown; pattern?: unknown };
  if (schema.format === 'date' || schema.format === 'date-time') delete schema.pattern;
  for (const part of Object.values(node)) dropDatePatterns(part);
}

/** The OpenAPI 3.1 document, made from the contract's schemas. Only once every module is in place. */
export function apiDocument(app: INestApplication, version: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('威海英才卡 · Weihai Talent Card')
    .setDescription(DESCRIPTION)
    .setVersion(version)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'Access token of a citizen or of staff' })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    autoTagControllers: false,
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '').replace(/^./, (c) => c.toLowerCase())}.${method}`,
  });
  const { $schema: _, ...problem } = z.toJSONSchema(problemSchema);
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: problem as unknown as Schemas[string] },
  };
  for (const operation of operationsOf(document)) {
    operation.responses = {
      ...operation.responses,
      default: {
        description: 'Refused, with the reason',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    };
  }
  dropDatePatterns(document.paths);
  return document;
}

/** `/api/openapi.json`, and the same for people at `/api/docs`; every asset from this machine. */
export function serveApiDocument(app: INestApplication, version: string): void {
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup(
    'api/docs',
    app,
    () => {
      document ??= apiDocument(app, version);
      return document;
    },
    {
      jsonDocumentUrl: 'api/openapi.json',
      raw: ['json'],
      customSiteTitle: '威海英才卡 · API',
      customfavIcon: '/assets/landing/icon.svg',
      swaggerOptions: {
        docExpansion: 'none',
        tagsSorter: 'alpha',
        persistAuthorization: false,
        validatorUrl: null,
      },
      customCss: '.swagger-ui .topbar { display: none }',
    },
  );
}
