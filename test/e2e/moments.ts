import { existsSync } from 'node:fs';
import type { Phase } from '../../src/core/jobs/job';
import type { Route } from '../../src/local/api/routes';
import { faults } from '../support/server/faults';
import type { Scene } from './scene';

/** A moment in the life of a job, to do something to it then. */
export interface Moment {
  readonly name: string;
  /** Makes the moment last, where that is possible. */
  readonly prepare?: (scene: Scene) => Promise<void> | void;
  /** Something once it has come. */
  readonly look: (scene: Scene) => unknown;
}

const order: readonly (Phase | undefined)[] = [
  'waiting',
  'uploading',
  'uploaded',
  'submitting',
  'submitted',
  'transcribed',
  'saved',
];

/** Whether the job has come so far: on a busy machine, a moment that is over in no time may not be seen itself. */
const isIn =
  (phase: Phase) =>
  (scene: Scene): unknown =>
    order.indexOf(scene.phase) >= order.indexOf(phase) || existsSync(scene.note) || undefined;

const answered =
  (route: Route, count: number) =>
  ({ service }: Scene): unknown =>
    service.requestsOf(route).filter(({ status }) => status === 200)[count - 1];

/** Moments that wait to be noticed, by the server's doing. */
export const held: readonly Moment[] = [
  {
    name: 'while the recording is hashed',
    prepare: (scene) => scene.makeHashingLong(),
    look: isIn('waiting'),
  },
  {
    name: 'in the middle of the upload',
    prepare: ({ service }) => service.fault('upload', faults.stall(100_000)),
    look: ({ service }) => service.requestsOf('upload').find(({ bytes }) => bytes > 0),
  },
  {
    name: 'when the upload is there and its answer is not',
    prepare: ({ service }) => service.fault('upload', faults.silence(true)),
    look: ({ service }) => service.requestsOf('upload').find(({ sha256 }) => sha256 !== undefined),
  },
  {
    name: 'while the job is submitted, before the service has it',
    prepare: ({ service }) => service.fault('submit', faults.silence()),
    look: ({ service }) => service.requestsOf('submit')[0],
  },
  {
    name: 'while the job is submitted, when the service has it',
    prepare: ({ service }) => service.fault('submit', faults.silence(true)),
    look: ({ service }) => service.jobs[0],
  },
  { name: 'while the job is queued', look: answered('get', 1) },
  { name: 'while the job is processed', look: answered('get', 2) },
];

/** Moments that are over in no time. */
export const passing: readonly Moment[] = [
  { name: 'when the job is written down', look: isIn('waiting') },
  { name: 'when the upload begins', look: isIn('uploading') },
  { name: 'when the upload is written down', look: isIn('uploaded') },
  { name: 'when the submit is written down', look: isIn('submitting') },
  { name: 'when the service has answered the submit', look: answered('submit', 1) },
  { name: 'when the answer to the submit is written down', look: isIn('submitted') },
  {
    name: 'when the transcript is kept',
    look: ({ isTranscriptKept, note }) => isTranscriptKept || existsSync(note) || undefined,
  },
  { name: 'before the note', look: isIn('transcribed') },
  { name: 'between sidecar and note', look: ({ sidecar }) => existsSync(sidecar) || undefined },
  { name: 'when the sidecar is written down', look: isIn('saved') },
  { name: 'when the note is there', look: ({ note }) => existsSync(note) || undefined },
];

/** So many changes after a moment, or at the job's end, should that come first. For one scene. */
export function later({ name, look }: Moment, changes: number): Moment {
  let dueAt = Infinity;
  return {
    name: `${changes} changes later than ${name}`,
    look: (scene) => {
      if (dueAt === Infinity && look(scene) !== undefined) {
        dueAt = scene.changes + changes;
      }
      return scene.changes >= dueAt || existsSync(scene.note) || undefined;
    },
  };
}
