import { existsSync } from 'node:fs';
import type { Phase } from '../../src/core/jobs/job';
import type { Route } from '../../src/local/api/routes';
import { faults } from '../support/server/faults';
import type { Scene } from './scene';

/** A moment in the life of a job at which a test does something to it. */
export interface Moment {
  readonly name: string;
  /** Makes the moment last, if that is possible. */
  readonly prepare?: (scene: Scene) => Promise<void> | void;
  /** Returns something once the moment has come. */
  readonly find: (scene: Scene) => unknown;
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

/** Whether the job has reached a phase, or is past it: on a busy machine, a short phase may not be seen. */
const isIn =
  (phase: Phase) =>
  (scene: Scene): unknown =>
    order.indexOf(scene.phase) >= order.indexOf(phase) || existsSync(scene.note) || undefined;

const answered =
  (route: Route, count: number) =>
  ({ service }: Scene): unknown =>
    service.requestsOf(route).filter(({ status }) => status === 200)[count - 1];

/** Moments that last, because the server makes them last. */
export const held: readonly Moment[] = [
  {
    name: 'while the recording is hashed',
    prepare: (scene) => scene.makeHashingLong(),
    find: isIn('waiting'),
  },
  {
    name: 'in the middle of the upload',
    prepare: ({ service }) => service.fault('upload', faults.stall(100_000)),
    find: ({ service }) => service.requestsOf('upload').find(({ bytes }) => bytes > 0),
  },
  {
    name: 'when the service has the upload but has not answered',
    prepare: ({ service }) => service.fault('upload', faults.silence(true)),
    find: ({ service }) => service.requestsOf('upload').find(({ sha256 }) => sha256 !== undefined),
  },
  {
    name: 'while the job is submitted, before the service has it',
    prepare: ({ service }) => service.fault('submit', faults.silence()),
    find: ({ service }) => service.requestsOf('submit')[0],
  },
  {
    name: 'while the job is submitted, when the service has it',
    prepare: ({ service }) => service.fault('submit', faults.silence(true)),
    find: ({ service }) => service.jobs[0],
  },
  { name: 'while the job is queued', find: answered('get', 1) },
  { name: 'while the job is processed', find: answered('get', 2) },
];

/** Moments that pass quickly. */
export const passing: readonly Moment[] = [
  { name: 'when the journal has the job', find: isIn('waiting') },
  { name: 'when the upload begins', find: isIn('uploading') },
  { name: 'when the journal has the upload', find: isIn('uploaded') },
  { name: 'when the journal has the submit', find: isIn('submitting') },
  { name: 'when the service has answered the submit', find: answered('submit', 1) },
  { name: 'when the journal has the answer to the submit', find: isIn('submitted') },
  {
    name: 'when the journal has the transcript',
    find: ({ isTranscriptKept, note }) => isTranscriptKept || existsSync(note) || undefined,
  },
  { name: 'before the note is written', find: isIn('transcribed') },
  { name: 'between the sidecar and the note', find: ({ sidecar }) => existsSync(sidecar) || undefined },
  { name: 'when the journal has the sidecar', find: isIn('saved') },
  { name: 'when the note is written', find: ({ note }) => existsSync(note) || undefined },
];

/** The moment some changes after another moment, or the end of the job if that comes first. For one scene only. */
export function later({ name, find }: Moment, changes: number): Moment {
  let dueAt = Infinity;
  return {
    name: `${changes} changes later than ${name}`,
    find: (scene) => {
      if (dueAt === Infinity && find(scene) !== undefined) {
        dueAt = scene.changes + changes;
      }
      return scene.changes >= dueAt || existsSync(scene.note) || undefined;
    },
  };
}
