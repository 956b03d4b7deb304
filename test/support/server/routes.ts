import { routeOf, type Route } from '../../../src/local/api/routes';

/** The routes of AssemblyAI's LLM Gateway. */
export type GatewayRoute = 'models' | 'chat' | 'understanding' | 'understanding/validate';

/** `redacted-file` is where the storage is, which takes no key. */
export type ServerRoute = Route | GatewayRoute | 'redacted-audio' | 'redacted-file';

export interface ServerTarget {
  readonly route: ServerRoute;
  /** Of the transcript, as it stands in the path; '' where the route has none. */
  readonly id: string;
}

const gatewayRoutes: ReadonlyMap<string, GatewayRoute> = new Map([
  ['GET /v1/models', 'models'],
  ['POST /v1/chat/completions', 'chat'],
  ['POST /v1/understanding', 'understanding'],
  ['POST /v1/understanding/validate', 'understanding/validate'],
]);

export function isGatewayPath(pathname: string): boolean {
  return pathname.startsWith('/v1/');
}

export function isGatewayRoute(route: ServerRoute): route is GatewayRoute {
  return [...gatewayRoutes.values()].some((each) => each === route);
}

/** Where a request leads: to the API for recordings, to what only AssemblyAI has, or nowhere. */
export function targetOf(method: string, pathname: string): ServerTarget | undefined {
  const gatewayRoute = gatewayRoutes.get(`${method} ${pathname}`);
  if (gatewayRoute !== undefined) {
    return { route: gatewayRoute, id: '' };
  }
  const [, audioId] = /^\/v2\/transcript\/([^/]+)\/redacted-audio$/.exec(pathname) ?? [];
  if (method === 'GET' && audioId !== undefined) {
    return { route: 'redacted-audio', id: audioId };
  }
  const [, fileId] = /^\/redacted\/([^/]+)\.\w+$/.exec(pathname) ?? [];
  if (method === 'GET' && fileId !== undefined) {
    return { route: 'redacted-file', id: fileId };
  }
  return routeOf(method, pathname);
}
