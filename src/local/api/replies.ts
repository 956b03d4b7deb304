/** A reply to an HTTP request. */
export interface Reply {
  /** HTTP status code. */
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A reply with a value as JSON. */
export function jsonReply(status: number, value: unknown): Reply {
  return { status, body: JSON.stringify(value), headers: { 'content-type': 'application/json' } };
}

/** A successful reply with plain text. */
export function textReply(body: string): Reply {
  return { status: 200, body, headers: { 'content-type': 'text/plain; charset=utf-8' } };
}

/** An error reply, as JSON with a sentence in `error`. */
export function errorReply(status: number, error: string): Reply {
  return jsonReply(status, { error });
}

/** Error replies in the API's own words. */
export const apiErrors = {
  notFound: errorReply(404, 'Not found'),
  /** AssemblyAI documents 404, but replies with 400. */
  unknownTranscript: errorReply(400, 'Transcript lookup error, transcript id not found'),
  badKey: errorReply(401, 'Authentication error, API token missing/invalid'),
  inaccessibleUpload: errorReply(403, 'Cannot access uploaded file'),
  tooLarge: errorReply(413, 'Payload Too Large'),
  diskFull: errorReply(507, 'There is no room left on the disk'),
  internal: errorReply(500, 'Internal Server Error'),
} as const satisfies Record<string, Reply>;
