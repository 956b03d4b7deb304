import type { FailureKind } from './failure';
import type { Entry } from './entry';
import {
  asOneSentence,
  detail,
  inBrackets,
  isAssemblyAi,
  patience,
  quoted,
  recording,
  service,
  sizeLimit,
  transcript,
} from './words';

/** What the service says of the account. */
export const account = {
  keyMissing: {
    say: (failure) => `Steno needs your API key for ${service(failure)}: set it once, then try again.`,
    remedies: ['setApiKey'],
  },
  keyRejected: {
    say: (failure) =>
      `${service(failure)} does not accept the API key: set a valid one, and check that it belongs to the ${isAssemblyAi(failure) ? 'region' : 'server'} in the settings.`,
    remedies: ['setApiKey', 'retry', 'openSettings'],
  },
  otherServer: {
    say: (failure) =>
      `This job runs at ${service(failure)}, which is not the server in the settings: choose that one again to go on.`,
    remedies: ['openSettings', 'retry'],
  },
  billing: {
    say: (failure) =>
      `${service(failure)} takes no job because of your account’s balance: top it up, then try again${detail(failure)}.`,
    remedies: ['openBilling', 'retry'],
  },
  rateLimited: {
    say: (failure) =>
      failure.status === 403
        ? `${service(failure)} refuses requests for now (HTTP 403): wait a few minutes, and if it stays so, check what your API key may do.`
        : `${service(failure)} gets too many requests from your account${detail(failure)}: try again ${patience(failure.retryAfterMs)}.`,
    remedies: ['retry'],
  },
} satisfies Partial<Record<FailureKind, Entry>>;

/** What can go wrong on the way to the service. */
export const way = {
  offline: {
    say: (failure) =>
      `${service(failure)} cannot be reached${detail(failure)}: check your internet connection, or name your proxy in the setting http.proxy, then try again.`,
    remedies: ['retry', 'showLog'],
  },
  network: {
    say: (failure) =>
      `The connection to ${service(failure)} failed${detail(failure)}: check your network or proxy, then try again.`,
    remedies: ['retry', 'showLog'],
  },
  timeout: {
    say: (failure) =>
      `${service(failure)} did not answer in time${detail(failure)}: check your connection, or name your proxy in the setting http.proxy, then try again.`,
    remedies: ['retry', 'showLog'],
  },
  proxyAuthentication: {
    say: () =>
      'Your network’s proxy asks for another user name or password (HTTP 407): put them into the setting http.proxy, as in http://user:password@host:port.',
    remedies: ['openSettings', 'showLog'],
  },
  certificate: {
    say: (failure) =>
      `The certificate of ${service(failure)} is not trusted${detail(failure)}: if your company inspects traffic, add its certificate authority to the system’s, or name its file in NODE_EXTRA_CA_CERTS.`,
    remedies: ['showLog', 'retry'],
  },
  redirected: {
    say: (failure) =>
      `${service(failure)} redirects to another address${detail(failure)}, where Steno does not send your API key: check the service’s address in the settings.`,
    remedies: ['openSettings', 'showLog'],
  },
  blocked: {
    say: (failure) =>
      `A proxy or firewall blocks the way to ${service(failure)}${detail(failure)}: ask whoever runs your network to let it through.`,
    remedies: ['showLog', 'retry'],
  },
  server: {
    say: (failure) =>
      `${service(failure)} has trouble of its own${detail(failure)}: try again in a few minutes.`,
    remedies: ['retry', 'showLog'],
  },
  unexpectedAnswer: {
    say: (failure) =>
      `The answer from ${service(failure)} makes no sense${detail(failure)}: sign in to your network if it has a login page, then try again.`,
    remedies: ['retry', 'showLog'],
  },
} satisfies Partial<Record<FailureKind, Entry>>;

/** What the service says of a request. */
export const request = {
  invalidRequest: {
    say: (failure) =>
      `${service(failure)} refused the request${detail(failure)}, saying ${quoted(failure)}: the log has the details.`,
    remedies: ['showLog'],
  },
  notFound: {
    say: (failure) =>
      failure.transcriptId === undefined
        ? `${service(failure)} does not know this address${detail(failure)}: check the service’s address in the settings.`
        : `${service(failure)} has no transcript ${failure.transcriptId} for this API key: it may have expired, or belong to another key or region.`,
    remedies: ['retry', 'openSettings'],
  },
  paidAccountNeeded: {
    say: (failure) =>
      `${service(failure)} answers questions for paid accounts only: add a way to pay there, or choose one of VS Code’s own language models.`,
    remedies: ['openBilling'],
  },
  gatewayMissing: {
    say: (failure) =>
      `${service(failure)} has no language models where Steno looks for them${detail(failure)}: choose one of VS Code’s own, and see whether there is a newer Steno.`,
    remedies: ['showLog'],
  },
  modelRefused: {
    say: (failure) =>
      `The language model refused${detail(failure)}, saying ${quoted(failure)}: choose another model, or ask about less.`,
    remedies: ['showLog'],
  },
  optionsRefused: {
    // The words are those of `checkOptions`, which are made for people.
    say: (failure) =>
      `Nothing was sent, since the options${inBrackets(failure.subject)} need a change: ${asOneSentence(failure.message)}.`,
    remedies: ['openPresets'],
  },
  webhookSecretMissing: {
    say: (failure) =>
      `Nothing was sent, since the webhook${inBrackets(failure.subject)} needs the value of its header: set it once, and transcribe again.`,
    remedies: ['setWebhookSecret'],
  },
  transcriptNotReady: {
    say: (failure) =>
      `${service(failure)} has not finished ${transcript(failure)} yet: try again when it has.`,
    remedies: ['retry'],
  },
  transcriptDeleted: {
    say: (failure) =>
      `${service(failure)} no longer has ${transcript(failure)}: it was deleted there, or has expired, so transcribe the recording again to have it back.`,
    remedies: [],
  },
  notDeleted: {
    say: (failure) =>
      `${service(failure)} still has the text of ${transcript(failure)}, though it was asked to delete it: try again in a few minutes.`,
    remedies: ['retry', 'showLog'],
  },
  uploadForbidden: {
    say: (failure) =>
      `${service(failure)} cannot read the uploaded recording with this API key: transcribe it again, so that it is uploaded anew.`,
    remedies: ['retry'],
  },
  tooLarge: {
    say: (failure) =>
      `${recording(failure)} is too large${detail(failure)}: ${sizeLimit(failure)}, so export only the sound, or split it.`,
    remedies: [],
  },
} satisfies Partial<Record<FailureKind, Entry>>;
