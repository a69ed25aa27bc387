import { ALL_ROUTES } from '@talent-card/shared/all-routes';
import { API_PREFIX } from '@talent-card/shared/common/route';
import { createTestApp, type TestApp } from '../../../test/harness.js';

interface Schema {
  readonly type?: string | string[];
  readonly properties?: Record<string, Schema>;
  readonly anyOf?: unknown;
  readonly oneOf?: unknown;
  readonly allOf?: unknown;
  readonly enum?: unknown;
}
interface Content {
  readonly content?: Record<string, { schema: Schema }>;
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly security?: unknown[];
  readonly parameters?: { in: string; name: string; required?: boolean; schema: Schema }[];
  readonly requestBody?: Content;
  readonly responses: Record<string, Content>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, Schema> };
}

const hasShape = (schema: Schema | undefined): boolean =>
  schema !== undefined &&
  [schema.type, schema.properties, schema.anyOf, schema.oneOf, schema.allOf, schema.enum].some(
    (part) => part !== undefined,
  );

describe('the API document', () => {
  let test: TestApp;
  let document: Document;
  let operations: { method: string; path: string; operation: Operation }[];
  beforeAll(async () => {
    test = await createTestApp();
    document = (await test.app.inject({ method: 'GET', url: '/api/openapi.json' })).json<Document>();
    operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    );
  });
  afterAll(() => test.close());

  const operationOf = (route: (typeof ALL_ROUTES)[number]): Operation | undefined =>
    document.paths[`${API_PREFIX}${route.path.replace(/:(\w+)/g, '{$1}')}`]?.[route.method.toLowerCase()];

  it('is OpenAPI 3.1 and names no address elsewhere for its schemas', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(JSON.stringify(document)).not.toContain('$schema');
  });

  it('holds exactly the routes of the contract', () => {
    const documented = operations.map(({ method, path }) => `${method} ${path}`).sort();
    const contract = ALL_ROUTES.map(
      ({ method, path }) => `${method} ${API_PREFIX}${path.replace(/:(\w+)/g, '{$1}')}`,
    ).sort();
    expect(documented).toEqual(contract);
  });

  it.each(ALL_ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'describes %s in full',
    (_, route) => {
      const operation = operationOf(route);
      expect(operation).toBeDefined();
      if (!operation) return;
      expect(operation.summary.length).toBeGreaterThan(5);
      expect(operation.description).toContain(route.access);
      expect(operation.security ?? []).toHaveLength(route.access === 'public' ? 0 : 1);
      const named = (place: string) =>
        (operation.parameters ?? []).filter((parameter) => parameter.in === place).map(({ name }) => name);
      expect(named('path').sort()).toEqual(
        [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name).sort(),
      );
      expect(named('header').includes('Idempotency-Key')).toBe(route.idempotent ?? false);
      if (route.upload) {
        expect(Object.keys(operation.requestBody?.content ?? {})).toEqual(['multipart/form-data']);
      }
      for (const { schema } of Object.values(operation.requestBody?.content ?? {})) {
        expect(hasShape(schema)).toBe(true);
      }
      const [success] = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
      expect(success).toBeDefined();
      for (const { schema } of Object.values(success?.[1].content ?? {})) expect(hasShape(schema)).toBe(true);
      expect(Object.keys(operation.responses.default?.content ?? {})).toEqual(['application/problem+json']);
    },
  );

  it('gives each operation a name of its own', () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('comes as a page whose every asset lies here', async () => {
    const page = await test.app.inject({ method: 'GET', url: '/api/docs' });
    expect(page.statusCode).toBe(200);
    const assets = [...page.body.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, url]) => url ?? '');
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) {
      expect(asset).not.toMatch(/^(?:https?:)?\/\//);
      const answer = await test.app.inject({
        method: 'GET',
        url: new URL(asset, 'http://h/api/docs').pathname,
      });
      expect([asset, answer.statusCode]).toEqual([asset, 200]);
    }
    expect(page.body).not.toMatch(/<script>/);
  });
});
