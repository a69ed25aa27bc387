import { API_PREFIX, type HttpMethod, type ResponseOf, type Route } from '@talent-card/shared/common/route';
import { vi } from 'vitest';

export interface Heard {
  method: HttpMethod;
  path: string;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  headers: Headers;
}

type Answer<T> = T | Response | Promise<T | Response>;

/** A refusal as the server words it. */
export function problem(status: number, code: string, details: Record<string, unknown> = {}): Response {
  return Response.json({ code, details, requestId: 'req-1' }, { status });
}

const patternOf = (route: Route): RegExp =>
  new RegExp(`^${API_PREFIX}${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);

/**
 * Answers fetch by routes of the contract, so that a path that changes there breaks the tests here. What no handler
 * knows is answered 404 and noted in `unexpected`.
 */
export class FakeServer {
  readonly heard: Heard[] = [];
  readonly unexpected: string[] = [];
  private readonly handlers: { route: Route; pattern: RegExp; answer: (heard: Heard) => Answer<unknown> }[] =
    [];

  constructor() {
    vi.stubGlobal('fetch', (input: string, init: RequestInit = {}) => this.respond(input, init));
  }

  on<R extends Route>(route: R, answer: (heard: Heard) => Answer<NoInfer<ResponseOf<R>>>): this {
    // A later handler of the same route takes the place of the earlier.
    this.handlers.unshift({ route, pattern: patternOf(route), answer });
    return this;
  }

  /** As `on`, for what the test has not said itself. */
  otherwise<R extends Route>(route: R, answer: (heard: Heard) => Answer<NoInfer<ResponseOf<R>>>): this {
    this.handlers.push({ route, pattern: patternOf(route), answer });
    return this;
  }

  callsOf(route: Route): Heard[] {
    const found = this.handlers.find((handler) => handler.route === route);
    return this.heard.filter(
      (heard) =>
        heard.method === route.method && (found?.pattern.test(`${API_PREFIX}${heard.path}`) ?? false),
    );
  }

  private async respond(input: string, init: RequestInit): Promise<Response> {
    const url = new URL(input, 'http://console.test');
    const method = (init.method ?? 'GET') as HttpMethod;
    for (const { route, pattern, answer } of this.handlers) {
      const match = route.method === method ? pattern.exec(url.pathname) : null;
      if (!match) continue;
      const heard: Heard = {
        method,
        path: url.pathname.slice(API_PREFIX.length),
        params: { ...match.groups },
        query: url.searchParams,
        body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
        headers: new Headers(init.headers),
      };
      this.heard.push(heard);
      const given = await answer(heard);
      if (given instanceof Response) return given;
      return given === undefined ? new Response(null, { status: 204 }) : Response.json(given);
    }
    this.unexpected.push(`${method} ${url.pathname}`);
    return problem(404, 'NOT_FOUND');
  }
}
