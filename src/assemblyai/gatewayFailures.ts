import { Failure, type FailureKind } from '../core/failures/failure';
import { isJsonObject, readObject, type JsonObject } from '../core/json';
import { responseFailure, type RequestFacts } from './httpFailures';

/** What the gateway says to an account that has no access to it; its documentation knows only the first words. */
const noAccess =
  /\bno access\b|not have access|\b(free|trial)[ -](account|plan|tier|user)|\bpaid (account|plan|user)|\bupgrade\b|payment method|not entitled/i;

/** What it says of a model that it does not have, or that cannot take so much. */
const badModel = /\bmodel\b/i;

function kindAtGateway({ kind, status, message, transcriptId }: Failure): FailureKind {
  if ((status === 401 || status === 403) && noAccess.test(message)) {
    return 'paidAccountNeeded';
  }
  const isMissing = kind === 'notFound' && status === 404;
  if ((isMissing || kind === 'invalidRequest') && badModel.test(message)) {
    return 'modelRefused';
  }
  // Of a transcript it means that one.
  return isMissing && transcriptId === undefined ? 'gatewayMissing' : kind;
}

/** A failure of the LLM Gateway, whose refusals mean other things than those of the API for recordings. */
export function gatewayFailure(failure: Failure): Failure {
  const kind = kindAtGateway(failure);
  return kind === failure.kind ? failure : new Failure(kind, failure.message, failure);
}

const httpErrorOf = (value: unknown): number | undefined => {
  const status = Number(value);
  return Number.isInteger(status) && status >= 400 && status <= 599 ? status : undefined;
};

/** Whether JSON that came as a success tells of a failure, as it does in the middle of a stream. */
export function isErrorBody(json: JsonObject): boolean {
  const { error, choices } = json;
  const hasError = typeof error === 'string' ? error !== '' : isJsonObject(error);
  return hasError || (choices === undefined && typeof json['message'] === 'string');
}

/** That failure; what has no number of its own counts as trouble of the service. */
export function errorBodyFailure(
  json: JsonObject,
  facts: RequestFacts,
  nowMs: number,
  redact: (text: string) => string,
): Failure {
  const codes = [readObject(json['error'])['code'], json['code'], json['http_status_code']];
  const status = codes.map(httpErrorOf).find((code) => code !== undefined);
  const answer = {
    status: status ?? 500,
    contentType: 'application/json',
    retryAfter: undefined,
    body: JSON.stringify(json),
  };
  // The connection itself answered with a success.
  return gatewayFailure(responseFailure(answer, facts, nowMs, redact).with({ status }));
}
