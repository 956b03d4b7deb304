import { randomUUID } from 'node:crypto';
import { Failure, speechServerHost } from '../../core/failures/failure';
import { durationsToTranscribe, isQuestionDue, statesAt, type AskWhen } from '../../core/jobs/batchDecisions';
import { summaryOf, type ChosenRecording, type UsableRecording } from '../../core/jobs/batchSummary';
import { jobIdentity } from '../../core/jobs/job';
import type { Clock } from '../../core/ports';
import { destinationText } from '../../core/request/destination';
import { hasExtras } from '../../core/request/estimate';
import type { JobOrder, Jobs } from '../jobs/jobs';
import { localOrigin } from '../local/localApi';
import { askUser, type ShowWait } from '../platform/userMessages';
import { readAskAboveMinutes, readPricePerHour } from '../platform/settings';
import { mapWithProgress } from './mapWithProgress';
import { asSettingsWant, isFinished, noService, type Plan } from './plan';

/** Which service transcribes. */
interface ServiceChoice {
  /** The origin of the service that the settings name, if its key is known; undefined while nothing is chosen. */
  chosen(): Promise<string | undefined>;
  /** Asks the user for a choice where one is missing; undefined when the user gave up. */
  choose(): Promise<string | undefined>;
}

export interface OrderParts {
  readonly jobs: Pick<Jobs, 'entries'>;
  readonly services: ServiceChoice;
  /** Length of a recording in seconds, as its headers say; null where they do not. */
  readonly durationOf: (file: string, signal: AbortSignal) => Promise<number | null>;
  readonly showWait: ShowWait;
  readonly clock: Clock;
}

/** A plan, and how its recording stands. */
type Candidate = Plan & UsableRecording;

/**
 * Makes orders of plans. Finds out which service transcribes and how much there is, and asks the user where that is due.
 *
 * @param skipped recordings that were chosen too, but are left out
 * @returns undefined when the user does not want it after all
 * @throws Failure `beyondLocal`
 */
export async function prepareOrders(
  plans: readonly Plan[],
  askWhen: AskWhen,
  skipped: readonly ChosenRecording[],
  parts: OrderParts,
): Promise<readonly JobOrder[] | undefined> {
  const { jobs, services } = parts;
  const chosen = await services.chosen();
  const candidates = await inspect(plans, askWhen, chosen, parts);
  if (candidates === undefined) {
    return undefined;
  }
  const needsService = candidates.some(({ state }) => state !== 'transcribed');
  const service = chosen ?? (needsService ? await services.choose() : noService);
  if (service === undefined) {
    return undefined;
  }
  expectReachable(plans, service);
  const known = statesAt(service, jobs.entries);
  const current = candidates.map((each): Candidate => {
    return { ...each, state: known.get(jobIdentity(each.recording, service)) ?? each.state };
  });
  const wanted = await askForWanted(current, skipped, askWhen, service);
  const batch = plans.length > 1 ? randomUUID() : null;
  return wanted?.map(({ recording, notePath, instructions, force, durationSeconds }) => ({
    service,
    recording,
    notePath,
    force,
    batch,
    durationSeconds,
    instructions: asSettingsWant(instructions),
  }));
}

/** Finds out how long recordings are and which are transcribed already; undefined when the user has stopped it. */
async function inspect(
  plans: readonly Plan[],
  askWhen: AskWhen,
  chosen: string | undefined,
  parts: OrderParts,
): Promise<readonly Candidate[] | undefined> {
  const durations = await mapWithProgress(plans, parts, ({ recording }, signal) =>
    recording.url === undefined ? parts.durationOf(recording.path, signal) : Promise.resolve(null),
  );
  if (durations === undefined) {
    return undefined;
  }
  // Hashing a large file takes seconds, so this is done only where the answer matters now.
  const matters = chosen === undefined || isDue(durations, askWhen, chosen);
  const finished = matters ? await mapWithProgress(plans, parts, isFinished) : [];
  return (
    finished &&
    plans.map((plan, index): Candidate => {
      const state = finished[index] === true ? 'transcribed' : 'fresh';
      return { ...plan, name: plan.recording.name, state, durationSeconds: durations[index] ?? null };
    })
  );
}

/** What the user wants of the candidates, after a question where one is due; undefined for nothing. */
async function askForWanted(
  candidates: readonly Candidate[],
  skipped: readonly ChosenRecording[],
  askWhen: AskWhen,
  service: string,
): Promise<readonly Candidate[] | undefined> {
  if (!isDue(durationsToTranscribe(candidates), askWhen, service)) {
    return candidates;
  }
  const pricePerHour = service === localOrigin ? null : readPricePerHour();
  const extras = candidates.some(({ instructions }) => hasExtras(instructions.options));
  const chosen = [...candidates, ...skipped];
  const { question, detail, answer } = summaryOf(chosen, pricePerHour, destinationText(service), extras);
  const isWanted = (await askUser(question, detail, ...(answer === undefined ? [] : [answer]))) !== undefined;
  return isWanted ? candidates.filter(({ state }) => state !== 'atWork') : undefined;
}

function isDue(durations: readonly (number | null)[], askWhen: AskWhen, service: string): boolean {
  const isPaid = service !== localOrigin;
  return isQuestionDue({ durations, askWhen, isPaid, askAboveMinutes: readAskAboveMinutes() });
}

/** The server on this machine cannot fetch recordings from the web. @throws Failure `beyondLocal` */
function expectReachable(plans: readonly Plan[], service: string): void {
  const onWeb =
    service === localOrigin ? plans.find(({ recording }) => recording.url !== undefined) : undefined;
  if (onWeb !== undefined) {
    throw new Failure('beyondLocal', 'The speech server on this machine fetches nothing from the network', {
      subject: onWeb.recording.name,
      host: speechServerHost,
    });
  }
}
