import { routeOf, type Route } from '../../../src/local/api/routes';

/** The routes of AssemblyAI's LLM Gateway. */
export type GatewayRoute = 'models' | 'chat' | 'understanding' | 'understanding/validate';

/** `redacted-file` is the storage, which wants no key. */
export type ServerRoute = Route | GatewayRoute | 'redacted-audio' | 'redacted-file';

export interface ServerTarget {
  readonly route: ServerRoute;
  /** Id of the transcript in the path; '' for routes without one. */
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

/** Finds the route of a request: one of the API for recordings, or one that only AssemblyAI has. */
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
