import fc from 'fast-check';
import { isFailureKind } from '../../../../src/core/failures/describeFailure';
import { Failure, type FailureKind } from '../../../../src/core/failures/failure';
import { keptFailure, type Halt, type Job, type Stage } from '../../../../src/core/jobs/job';

const someText = fc
  .array(fc.oneof(fc.constantFrom('"', '\\', '\0', '\ud800'), fc.string()))
  .map((parts) => parts.join(''))
  .filter((text) => text !== '');
const hex = (length: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.nat({ max: 15 }).map((digit) => digit.toString(16)),
    minLength: length,
    maxLength: length,
  });
const transcriptId = fc.stringMatching(/^[\w-]{1,40}$/);
/** JSON knows no -0. */
const amount = fc.double({ min: 0, noDefaultInfinity: true, noNaN: true }).map((value) => value || 0);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });

const sha256 = hex(64);
const upload = fc.record({ url: someText, sha256, uploadedMs: amount });

const stage: fc.Arbitrary<Stage> = fc.oneof(
  fc.record({ phase: fc.constantFrom('waiting', 'uploading') }),
  fc.record({ phase: fc.constant('uploaded' as const), upload }),
  fc.record({ phase: fc.constant('submitting' as const), upload, sinceMs: amount }),
  fc.record({ phase: fc.constant('submitted' as const), upload, sinceMs: amount, transcriptId }),
  fc.record({ phase: fc.constant('transcribed' as const), transcriptId, sha256 }),
  fc.record({ phase: fc.constant('saved' as const), transcriptId, sha256, hasSidecar: fc.boolean() }),
  fc.record({ phase: fc.constant('done' as const), transcriptId, hasSidecar: fc.boolean(), note: someText }),
);

const someKinds = (['offline', 'billing', 'recordingGone', 'unexpected'] satisfies FailureKind[]).filter(
  isFailureKind,
);

const halt: fc.Arbitrary<Halt> = fc.oneof(
  fc.constant({ reason: 'detached' as const }),
  fc
    .record({
      kind: fc.constantFrom(...someKinds),
      message: fc.string(),
      facts: fc.record({
        status: maybe(fc.nat()),
        retryAfterMs: maybe(amount),
        transcriptId: maybe(fc.string()),
        code: maybe(fc.string()),
        subject: maybe(fc.string()),
        host: maybe(fc.string()),
        keptAt: maybe(fc.string()),
      }),
    })
    .map(({ kind, message, facts }) => ({
      reason: 'failed' as const,
      failure: keptFailure(new Failure(kind, message, facts)),
    })),
);

const record: fc.Arbitrary<Job> = fc.record({
  id: hex(32),
  service: someText,
  recording: fc.record(
    {
      path: someText,
      name: someText,
      sizeBytes: amount,
      modifiedMs: fc.integer(),
      url: fc.webUrl(),
    },
    { requiredKeys: ['path', 'name', 'sizeBytes', 'modifiedMs'] },
  ),
  durationSeconds: fc.option(amount),
  notePath: someText,
  instructions: fc.record({
    // Written and read as JSON, which knows no -0.
    options: fc
      .dictionary(someText, fc.jsonValue({ maxDepth: 2 }))
      .map((options) => JSON.parse(JSON.stringify(options)) as Job['instructions']['options']),
    deleteAfterwards: fc.boolean(),
  }),
  force: fc.boolean(),
  batch: fc.option(fc.string()),
  chosenMs: amount,
  changedMs: amount,
  stage,
  halt: fc.option(halt),
});

/** Any job that can be written down, as a plain object. */
export const anyJob: fc.Arbitrary<Job> = record.map((job) => structuredClone(job));
