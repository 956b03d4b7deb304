import { wordlessMessage } from './errorText';
import type { FailureKind } from './failure';
import type { FailureEntry } from './failureEntry';
import {
  asOneSentence,
  bracketed,
  bracketedCode,
  isAssemblyAi,
  quotedMessage,
  retryTimeText,
  serviceOf,
  sizeLimitText,
  subjectOr,
  theRecording,
  transcriptWithId,
} from './phrases';

/** Entries about the user's account at the service. */
export const accountEntries = {
  keyMissing: {
    say: (failure) => `Steno needs your API key for ${serviceOf(failure)}: set it once, then try again.`,
    remedies: ['setApiKey'],
  },
  keyRejected: {
    say: (failure) =>
      `${serviceOf(failure)} does not accept the API key: set a valid one, and check that it belongs to the ${isAssemblyAi(failure) ? 'region' : 'server'} in the settings.`,
    remedies: ['setApiKey', 'retry', 'openSettings'],
  },
  otherServer: {
    say: (failure) =>
      `This job runs at ${serviceOf(failure)}, which is not the server in the settings: choose that one again to continue.`,
    remedies: ['openSettings', 'retry'],
  },
  billing: {
    say: (failure) =>
      `${serviceOf(failure)} does not accept jobs because of your account’s balance: top it up, then try again${bracketedCode(failure)}.`,
    remedies: ['openBilling', 'retry'],
  },
  rateLimited: {
    say: (failure) =>
      failure.status === 403
        ? `${serviceOf(failure)} refuses requests for now (HTTP 403): wait a few minutes, and if the problem persists, check what your API key is allowed to do.`
        : `${serviceOf(failure)} gets too many requests from your account${bracketedCode(failure)}: try again ${retryTimeText(failure.retryAfterMs)}.`,
    remedies: ['retry'],
  },
} satisfies Partial<Record<FailureKind, FailureEntry>>;

/** Entries about the connection to the service. */
export const connectionEntries = {
  offline: {
    say: (failure) =>
      `${serviceOf(failure)} cannot be reached${bracketedCode(failure)}: check your internet connection, or name your proxy in the setting http.proxy, then try again.`,
    remedies: ['retry', 'showLog'],
  },
  network: {
    say: (failure) =>
      `The connection to ${serviceOf(failure)} failed${bracketedCode(failure)}: check your network or proxy, then try again.`,
    remedies: ['retry', 'showLog'],
  },
  timeout: {
    say: (failure) =>
      `${serviceOf(failure)} did not answer in time${bracketedCode(failure)}: check your connection, or name your proxy in the setting http.proxy, then try again.`,
    remedies: ['retry', 'showLog'],
  },
  uploadUnanswered: {
    say: (failure) =>
      `${theRecording(failure)} was sent whole, but ${serviceOf(failure)} did not confirm it${bracketedCode(failure)}: a proxy or gateway on the way may be holding it back, so try another network, or a smaller file.`,
    remedies: ['retry', 'showLog'],
  },
  proxyAuthentication: {
    say: () =>
      'Your network’s proxy asks for another user name or password (HTTP 407): enter them in the setting http.proxy, as in http://user:password@host:port.',
    remedies: ['openSettings', 'showLog'],
  },
  certificate: {
    say: (failure) =>
      /CERT_(NOT_YET_VALID|HAS_EXPIRED)/.test(failure.code ?? '')
        ? `By this computer’s clock, the certificate of ${serviceOf(failure)} is ${failure.code === 'CERT_NOT_YET_VALID' ? 'not valid yet' : 'no longer valid'}${bracketedCode(failure)}: check the date and the time of this computer, then try again.`
        : `The certificate of ${serviceOf(failure)} is not trusted${bracketedCode(failure)}: if your company inspects traffic, add its certificate authority to the system’s, or name its file in NODE_EXTRA_CA_CERTS (the log says if that has none).`,
    remedies: ['showLog', 'retry'],
  },
  redirected: {
    say: (failure) =>
      `${serviceOf(failure)} redirects to another address${bracketedCode(failure)}, where Steno does not send your API key: check the service’s address in the settings.`,
    remedies: ['openSettings', 'showLog'],
  },
  blocked: {
    say: (failure) =>
      `A proxy or firewall blocks access to ${serviceOf(failure)}${bracketedCode(failure)}: ask your network administrator to allow it.`,
    remedies: ['showLog', 'retry'],
  },
  server: {
    say: (failure) =>
      failure.message === wordlessMessage(failure.status)
        ? `${serviceOf(failure)}, or a proxy on the way to it, is having problems${bracketedCode(failure)}: try again in a few minutes.`
        : `${serviceOf(failure)} is having problems${bracketedCode(failure)}: try again in a few minutes.`,
    remedies: ['retry', 'showLog'],
  },
  unexpectedAnswer: {
    say: (failure) =>
      failure.transcriptId === undefined
        ? `The answer from ${serviceOf(failure)} makes no sense${bracketedCode(failure)}: sign in to your network if it has a login page, then try again.`
        : `What ${serviceOf(failure)} answers about transcript ${failure.transcriptId} makes no sense${bracketedCode(failure)}: the transcript is not lost, so try again later, and see the log for the answer.`,
    remedies: ['retry', 'showLog'],
  },
  answerTooLarge: {
    say: (failure) =>
      `The answer from ${serviceOf(failure)} is larger than Steno reads${bracketedCode(failure)}: check the service’s address in the settings.`,
    remedies: ['openSettings', 'showLog'],
  },
} satisfies Partial<Record<FailureKind, FailureEntry>>;

/** Entries about requests that the service refuses. */
export const requestEntries = {
  invalidRequest: {
    say: (failure) =>
      `${serviceOf(failure)} refused the request${bracketedCode(failure)}, saying ${quotedMessage(failure)}: the log has the details.`,
    remedies: ['showLog'],
  },
  notFound: {
    say: (failure) =>
      failure.transcriptId === undefined
        ? `${serviceOf(failure)} does not know this address${bracketedCode(failure)}: check the service’s address in the settings.`
        : `${serviceOf(failure)} has no transcript ${failure.transcriptId} for this API key: it may have expired, or belong to another key or region.`,
    remedies: ['retry', 'openSettings'],
  },
  paidAccountNeeded: {
    say: (failure) =>
      `${serviceOf(failure)} answers questions for paid accounts only: add a payment method there, or choose one of VS Code’s own language models.`,
    remedies: ['openBilling'],
  },
  gatewayMissing: {
    say: (failure) =>
      `${serviceOf(failure)} has no language models where Steno looks for them${bracketedCode(failure)}: choose one of VS Code’s own, and check for a newer version of Steno.`,
    remedies: ['showLog'],
  },
  modelRefused: {
    say: (failure) =>
      `The language model refused${bracketedCode(failure)}, saying ${quotedMessage(failure)}: choose another model, or ask about less.`,
    remedies: ['showLog'],
  },
  optionsRefused: {
    // The message is a sentence of `checkOptions`, which users can read.
    say: (failure) =>
      `Nothing was sent, since the options${bracketed(failure.subject)} need a change: ${asOneSentence(failure.message)}.`,
    remedies: ['openPresets'],
  },
  webhookSecretMissing: {
    say: (failure) =>
      `Nothing was sent, since the webhook${bracketed(failure.subject)} needs the value of its header: set it once, and transcribe again.`,
    remedies: ['setWebhookSecret'],
  },
  transcriptNotReady: {
    say: (failure) =>
      `${serviceOf(failure)} has not finished ${transcriptWithId(failure)} yet: try again when it has.`,
    remedies: ['retry'],
  },
  transcriptDeleted: {
    say: (failure) =>
      `${serviceOf(failure)} no longer has ${transcriptWithId(failure)}: it was deleted there, or has expired, so transcribe the recording again to have it back.`,
    remedies: [],
  },
  notDeleted: {
    say: (failure) =>
      `${serviceOf(failure)} still has the text of ${transcriptWithId(failure)}, though it was asked to delete it: try again in a few minutes.`,
    remedies: ['retry', 'showLog'],
  },
  uploadForbidden: {
    say: (failure) =>
      `${serviceOf(failure)} cannot read the uploaded recording with this API key: transcribe it again with a new upload.`,
    remedies: ['retry'],
  },
  tooLargeForProxy: {
    say: (failure) =>
      `A proxy or firewall on the way to ${serviceOf(failure)}, which takes files of up to 2.2 GB, does not let ${subjectOr(failure, 'the recording')} through${bracketedCode(failure)}: try another network, or send a smaller file.`,
    remedies: ['retry', 'showLog'],
  },
  tooLarge: {
    say: (failure) =>
      `${theRecording(failure)} is too large${bracketedCode(failure)}: ${sizeLimitText(failure)}, so export only the sound, or split it.`,
    remedies: [],
  },
} satisfies Partial<Record<FailureKind, FailureEntry>>;
