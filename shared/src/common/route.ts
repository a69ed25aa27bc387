/** Every address of the service starts here; a route constant holds only what follows. */
export const API_PREFIX = '/api/v1';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** What travels on a route. A part that is absent is `undefined`, so that a client cannot send it. */
export interface RouteShape {
  query?: unknown;
  body?: unknown;
  response?: unknown;
}

/**
 * One address of the contract, as a plain constant: importing it bundles no schema.
 *
 * `access` names the one permission that opens it (see accounts/permissions.ts); `idempotent: true` means
 * that the call must carry an `Idempotency-Key` header and that a repeated key gets the first answer.
 */
export interface RouteDefinition<P extends string = string, A extends string = string> {
  readonly method: HttpMethod;
  readonly path: P;
  readonly access: A;
  readonly idempotent?: boolean;
  /** The body is `multipart/form-data` with one file in the field `file`; other fields are strings. */
  readonly upload?: boolean;
}

export type Route<
  S extends RouteShape = RouteShape,
  P extends string = string,
  A extends string = string,
> = RouteDefinition<P, A> & {
  /** Exists for the type checker only. */
  readonly shape?: S;
};

type PathParamNames<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathParamNames<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;

export type PathParams<R> =
  R extends RouteDefinition<infer P, string>
    ? [PathParamNames<P>] extends [never]
      ? undefined
      : Record<PathParamNames<P>, string>
    : never;

type ShapeOf<R> = R extends { readonly shape?: infer S } ? NonNullable<S> : never;
export type QueryOf<R> = ShapeOf<R> extends { query: infer Q } ? Q : undefined;
export type BodyOf<R> = ShapeOf<R> extends { body: infer B } ? B : undefined;
export type ResponseOf<R> = ShapeOf<R> extends { response: infer T } ? T : undefined;

/** What a client passes to call a route: only the parts that the route has. */
export type CallArguments<R> = (PathParams<R> extends undefined
  ? { params?: undefined }
  : { params: PathParams<R> }) &
  (QueryOf<R> extends undefined ? { query?: undefined } : { query?: QueryOf<R> }) &
  (BodyOf<R> extends undefined ? { body?: undefined } : { body: BodyOf<R> });

/**
 * Defines a route: `route<{ body: Login; response: Session }>()({ method: 'POST', path: '/sessions', access: 'public' })`.
 * Called twice because TypeScript cannot infer the path while the shape is given.
 */
export function route<S extends RouteShape>() {
  return <const P extends string, const A extends string>(
    definition: RouteDefinition<P, A>,
  ): Route<S, P, A> => definition;
}

/** Fills `:name` parts of a path, each value percent-encoded. */
export function fillPath(path: string, params: Record<string, string> | undefined): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params?.[name];
    if (value === undefined) throw new Error(`route ${path} needs the parameter "${name}"`);
    return encodeURIComponent(value);
  });
}
