/** What can be made of a finished transcript. */
export type ExportRoute = 'sentences' | 'paragraphs' | 'srt' | 'vtt' | 'word-search';

/** The routes of the API for recordings. */
export type Route = 'upload' | 'submit' | 'list' | 'get' | 'delete' | ExportRoute;

export interface Target {
  readonly route: Route;
  /** Of the transcript, as it stands in the path; '' where the route has none. */
  readonly id: string;
}

const fixedRoutes: ReadonlyMap<string, Route> = new Map([
  ['POST /v2/upload', 'upload'],
  ['POST /v2/transcript', 'submit'],
  ['GET /v2/transcript', 'list'],
]);

/** By what stands behind the id in the path. */
const transcriptRoutes: ReadonlyMap<string, Route> = new Map([
  ['GET ', 'get'],
  ['DELETE ', 'delete'],
  ['GET /sentences', 'sentences'],
  ['GET /paragraphs', 'paragraphs'],
  ['GET /srt', 'srt'],
  ['GET /vtt', 'vtt'],
  ['GET /word-search', 'word-search'],
]);

/** Where a request leads; undefined for what the API does not have. */
export function routeOf(method: string, pathname: string): Target | undefined {
  const [, id = '', rest = ''] = /^\/v2\/transcript\/([^/]+)(\/[a-z-]+)?$/.exec(pathname) ?? [];
  const route =
    id === '' ? fixedRoutes.get(`${method} ${pathname}`) : transcriptRoutes.get(`${method} ${rest}`);
  return route === undefined ? undefined : { route, id };
}
