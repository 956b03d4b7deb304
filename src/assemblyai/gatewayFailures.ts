import { Failure, type FailureKind } from '../core/failures/failure';
import { isJsonObject, readObject, type JsonObject } from '../core/json';
import { responseFailure, type RequestFacts } from './httpFailures';

/** What the gateway says to an account without access. Its documentation has only the first of these. */
const noAccess =
  /\bno access\b|not have access|\b(free|trial)[ -](account|plan|tier|user)|\bpaid (account|plan|user)|\bupgrade\b|payment method|not entitled/i;

/** What it says about a model that it does not have, or that cannot read as much. */
const badModel = /\bmodel\b/i;

function kindAtGateway({ kind, status, message, transcriptId }: Failure): FailureKind {
  if ((status === 401 || status === 403) && noAccess.test(message)) {
    return 'paidAccountNeeded';
  }
  const isMissing = kind === 'notFound' && status === 404;
  if ((isMissing || kind === 'invalidRequest') && badModel.test(message)) {
    return 'modelRefused';
  }
  // For a request about a transcript, it means that there is no such transcript.
  return isMissing && transcriptId === undefined ? 'gatewayMissing' : kind;
}

/**
 * The failure with the kind that it has at the LLM Gateway, where some statuses mean something else than in the API for
 * recordings.
 */
export function gatewayFailure(failure: Failure): Failure {
  const kind = kindAtGateway(failure);
  return kind === failure.kind ? failure : new Failure(kind, failure.message, failure);
}

const httpErrorOf = (value: unknown): number | undefined => {
  const status = Number(value);
  return Number.isInteger(status) && status >= 400 && status <= 599 ? status : undefined;
};

/** Whether the JSON of a successful response describes an error, as the gateway sends it in the middle of a stream. */
export function isErrorBody(json: JsonObject): boolean {
  const { error, choices } = json;
  const hasError = typeof error === 'string' ? error !== '' : isJsonObject(error);
  return hasError || (choices === undefined && typeof json['message'] === 'string');
}

/**
 * The failure that such JSON describes; without a status in it, the kind is `server`.
 *
 * @param nowMs ms since 1970
 * @param redact removes the API key from a text
 */
export function errorBodyFailure(
  json: JsonObject,
  facts: RequestFacts,
  nowMs: number,
  redact: (text: string) => string,
): Failure {
  const codes = [readObject(json['error'])['code'], json['code'], json['http_status_code']];
  const status = codes.map(httpErrorOf).find((code) => code !== undefined);
  const response = {
    status: status ?? 500,
    contentType: 'application/json',
    retryAfter: undefined,
    body: JSON.stringify(json),
  };
  // The HTTP status was a success, so only a status in the JSON counts.
  return gatewayFailure(responseFailure(response, facts, nowMs, redact).with({ status }));
}
