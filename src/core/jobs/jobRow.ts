import { describeFailure } from '../failures/describeFailure';
import { serviceName } from '../failures/phrases';
import { speechServerHost } from '../failures/failure';
import { failureOf, mayRunAtService, type Job, type Phase } from './job';
import { actionsFor, stateOf, type JobAction, type JobEntry, type JobState } from './jobEntry';
import { isUploading, progressText } from './progress';
import { formatBytes, formatElapsed, oneLine } from '../text';

/** A job as a row of a list. All of it is plain text, and on one line except for the tooltip. */
export interface JobRow {
  readonly id: string;
  readonly state: JobState;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly actions: readonly JobAction[];
}

/** A path that is cut is of no use. */
const longestPath = 300;

/** The row of a job at a moment, ms since 1970. */
export function jobRow(entry: JobEntry, nowMs: number): JobRow {
  const { job } = entry;
  const label = oneLine(job.recording.name);
  const description = describe(entry, nowMs);
  return {
    id: job.id,
    state: stateOf(entry),
    label,
    description: after(label, description),
    tooltip: tooltipOf(job, description),
    actions: actionsFor(entry),
  };
}

/** Drops the name of the recording from a sentence, since the row shows it anyway and has room for a few words only. */
function after(label: string, sentence: string): string {
  const beginning = `The recording “${label}” `;
  return sentence.startsWith(beginning) ? sentence.slice(beginning.length) : sentence;
}

/** Where a job runs, for people. Steno’s own service has no address. */
function hostOf(service: string): string {
  const isAddress = /^https?:\/\//.test(service);
  return isAddress ? service.replace(/^https?:\/\//, '') : speechServerHost;
}

function describe(entry: JobEntry, nowMs: number): string {
  const { job } = entry;
  const { stage, halt } = job;
  if (stage.phase === 'done') {
    return oneLine(fileName(stage.note));
  }
  if (halt !== null) {
    return halt.reason === 'detached'
      ? `Collect it: left to run at ${serviceName(hostOf(job.service))}`
      : describeFailure(failureOf(halt.failure)).sentence;
  }
  return stateOf(entry) === 'running' ? runningText(entry, nowMs) : waitingText(entry);
}

function runningText({ job, progress }: JobEntry, nowMs: number): string {
  if (progress === undefined) {
    return `${workElsewhere(job, nowMs)} in another window`;
  }
  const text = progressText(progress, nowMs, null);
  // The other steps show the time themselves, or are over at once.
  return isUploading(progress) ? `${text}, ${formatElapsed(nowMs - job.changedMs)} so far` : text;
}

/** Of a job in another window, only the stage is known. */
function workElsewhere({ stage }: Job, nowMs: number): string {
  switch (stage.phase) {
    case 'submitted':
      return `Processing for ${formatElapsed(nowMs - stage.sinceMs)}`;
    case 'transcribed':
    case 'saved':
      return 'Writing the note';
    default:
      return 'Uploading';
  }
}

function waitingText({ job, owner }: JobEntry): string {
  if (owner === 'elsewhere') {
    return 'Waiting in another window';
  }
  return job.stage.phase === 'waiting' && owner === 'here' ? 'Waiting for its turn' : 'Waiting to go on';
}

function tooltipOf(job: Job, description: string): string {
  const { recording, durationSeconds, stage } = job;
  const length = durationSeconds === null ? '' : `, ${formatElapsed(1000 * durationSeconds)} long`;
  const atService = mayRunAtService(job) && 'transcriptId' in stage;
  return [
    oneLine(recording.path, longestPath),
    `${formatBytes(recording.sizeBytes)}${length}`,
    stage.phase === 'done' ? `Note: ${oneLine(stage.note, longestPath)}` : description,
    ...(atService && hostOf(job.service) !== speechServerHost
      ? [`Transcript ${oneLine(stage.transcriptId)}`]
      : []),
  ].join('\n');
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/**
 * What work or money is lost when a job is forgotten, in one sentence; undefined for neither.
 */
export function lossOf({ recording, service, stage }: Job): string | undefined {
  const name = `“${oneLine(recording.name)}”`;
  switch (stage.phase) {
    case 'waiting':
    case 'uploading':
      return undefined;
    case 'uploaded':
    case 'submitting':
    case 'submitted':
      return lossAtService(name, stage.phase, hostOf(service));
    case 'transcribed':
      return `${name} is transcribed, but has no note yet: Steno’s copy of the transcript is deleted.`;
    case 'saved':
    case 'done':
      return stage.hasSidecar
        ? undefined
        : `The transcript of ${name} could not be saved beside it: Steno’s copy, the only one, is deleted.`;
  }
}

/** An upload expires by itself after about a day. A job cannot be stopped. */
function lossAtService(name: string, phase: Phase, host: string): string | undefined {
  if (host === speechServerHost) {
    return phase === 'uploaded' ? undefined : `What was heard of ${name} so far is lost.`;
  }
  if (phase === 'uploaded') {
    return `${name} is uploaded already, and would be uploaded again.`;
  }
  const bill = phase === 'submitted' ? 'runs on and is billed' : 'may run on and be billed';
  return `${serviceName(host)} cannot be stopped: the job of ${name} ${bill}, and its transcript will not be collected.`;
}
