/** The routes for exports of a completed transcript. */
export type ExportRoute = 'sentences' | 'paragraphs' | 'srt' | 'vtt' | 'word-search';

/** The routes of AssemblyAI's API for recordings. */
export type Route = 'upload' | 'submit' | 'list' | 'get' | 'delete' | ExportRoute;

/** A route with the transcript that it is about. */
export interface RouteTarget {
  readonly route: Route;
  /** Id of the transcript, as it is written in the path; '' if the route has none. */
  readonly id: string;
}

const fixedRoutes: ReadonlyMap<string, Route> = new Map([
  ['POST /v2/upload', 'upload'],
  ['POST /v2/transcript', 'submit'],
  ['GET /v2/transcript', 'list'],
]);

/** Routes under `/v2/transcript/<id>`, by method and the rest of the path. */
const transcriptRoutes: ReadonlyMap<string, Route> = new Map([
  ['GET ', 'get'],
  ['DELETE ', 'delete'],
  ['GET /sentences', 'sentences'],
  ['GET /paragraphs', 'paragraphs'],
  ['GET /srt', 'srt'],
  ['GET /vtt', 'vtt'],
  ['GET /word-search', 'word-search'],
]);

/** The route of a request; undefined if the API has no such route. */
export function routeOf(method: string, pathname: string): RouteTarget | undefined {
  const [, id = '', rest = ''] = /^\/v2\/transcript\/([^/]+)(\/[a-z-]+)?$/.exec(pathname) ?? [];
  const route =
    id === '' ? fixedRoutes.get(`${method} ${pathname}`) : transcriptRoutes.get(`${method} ${rest}`);
  return route === undefined ? undefined : { route, id };
}
