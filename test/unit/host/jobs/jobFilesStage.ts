import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Failure, type FailureKind } from '../../../../src/core/failures/failure';
import type { Job, JobIn } from '../../../../src/core/jobs/job';
import { DiskJobFiles, type DiskJobFilesOptions } from '../../../../src/host/jobs/diskJobFiles';
import { wholeLayout } from '../../../support/plainInstructions';
import { JumpingClock, silentLog } from '../../../support/fakeJobs';
import { defaultInstructions } from '../../../../src/core/request/request';

/** The bytes of every recording of a stage. */
export const bytes = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 251));
export const sha256 = createHash('sha256').update(bytes).digest('hex');
/** The service on this machine. */
export const localService = 'local';

/** A folder for the files of jobs, with recordings in `talks`. */
export class JobFilesStage {
  /** What the user was told. */
  readonly told: string[] = [];
  private readonly folder = mkdtempSync(path.join(os.tmpdir(), 'steno-job-files-'));

  constructor() {
    chmodSync(this.folder, 0o755);
    mkdirSync(this.at('talks'));
  }

  /** The path of a name in the folder. */
  at(name: string): string {
    return path.join(this.folder, name);
  }

  filesIn(name: string): readonly string[] {
    return existsSync(this.at(name)) ? readdirSync(this.at(name)).sort() : [];
  }

  /** The user's files, below this folder. */
  files(options: Partial<DiskJobFilesOptions> = {}): DiskJobFiles {
    return new DiskJobFiles({
      media: { extractSound: () => Promise.resolve(undefined) },
      soundOnly: () => true,
      isLocal: (service) => service === localService,
      scratch: this.at('scratch'),
      searchRoots: () => [],
      notePathOf: (file) => file.replace(/\.[^.]+$/, '.md'),
      layoutOf: () => wholeLayout,
      keptPath: (id) => `/kept/${id}.json`,
      clock: new JumpingClock(),
      log: silentLog,
      tell: (message) => this.told.push(message),
      ...options,
    });
  }

  /** A job with a recording that is made for it. */
  job(name: string, facts: Partial<Job> = {}): Job {
    const file = this.at(name);
    writeFileSync(file, bytes);
    const { size: sizeBytes, mtimeMs: modifiedMs } = statSync(file);
    return {
      id: 'job-1',
      service: 'https://api.example.test',
      recording: { path: file, name: path.basename(file), sizeBytes, modifiedMs },
      durationSeconds: null,
      notePath: file.replace(/\.[^.]+$/, '.md'),
      instructions: defaultInstructions,
      force: false,
      batch: null,
      chosenMs: Date.UTC(2026, 10, 22, 9, 30),
      changedMs: 0,
      stage: { phase: 'uploading' },
      halt: null,
      ...facts,
    };
  }

  /** A job with a recording and a finished transcript, `id-1`. */
  transcribed(name: string): JobIn<'transcribed'> {
    const stage = { phase: 'transcribed', transcriptId: 'id-1', sha256 } as const;
    return { ...this.job(name), stage };
  }

  remove(): void {
    if (existsSync(this.at('talks'))) {
      chmodSync(this.at('talks'), 0o755);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The failure that a promise was rejected with, which must be of that kind. */
export async function failureOf(promise: Promise<unknown>, kind: FailureKind): Promise<Failure> {
  const thrown = await promise.then(
    () => assert.fail('It should have failed'),
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof Failure, String(thrown));
  assert.equal(thrown.kind, kind);
  return thrown;
}
