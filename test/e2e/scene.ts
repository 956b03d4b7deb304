import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, watch, type FSWatcher } from 'node:fs';
import { appendFile, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Phase } from '../../src/core/jobs/job';
import { parseJob } from '../../src/core/jobs/journalFormat';
import { earlierSidecarName, renderSidecar } from '../../src/core/sidecar/sidecar';
import { ChangeWaiter } from '../support/changeWaiter';
import { eventually } from '../support/eventually';
import { assertSaved } from '../support/savedFiles';
import type { ScriptedServer } from '../support/server/scriptedServer';
import { addRecording } from '../support/vscode/workspace';
import { sha256Of } from './files';
import type { Stage } from './stage';

/** Names of the records of open jobs in the journal. Those of finished jobs are in a folder of their own. */
const openJob = /^[0-9a-f]+\.\d+\.json$/;

const recordingName = 'standup.mp3';
const noteName = 'standup.transcript.md';
const sidecarFile = 'standup.mp3.aai.json';

/** One recording on its way to a note, and everything that can be seen of it from outside. */
export class Scene {
  /** Number of changes so far: of files, of requests, of their bytes and of their answers. */
  changes = 0;
  /** Names of the files that must be in the folder at the end. */
  private readonly expected = [recordingName, sidecarFile, noteName];
  private readonly waiter = new ChangeWaiter();
  private readonly watchers: FSWatcher[];

  private constructor(
    readonly folder: string,
    readonly service: ScriptedServer,
    readonly jobsFolder: string,
  ) {
    const transcripts = join(jobsFolder, 'transcripts');
    mkdirSync(transcripts, { recursive: true, mode: 0o700 });
    const changed = (): undefined => {
      this.changes += 1;
      this.waiter.changed();
    };
    this.watchers = [jobsFolder, transcripts, folder].map((each) => watch(each, changed));
    void service.when(changed);
  }

  /** Makes a folder with a sample whose bytes are unique, so that its jobs differ from those of other scenes. */
  static async set(stage: Stage): Promise<Scene> {
    const folder = await stage.folder();
    // At the end, where a decoder ignores it.
    await appendFile(await addRecording(folder, recordingName), folder);
    return new Scene(folder, stage.service, join(stage.storage, 'jobs'));
  }

  readonly name = recordingName;
  get recording(): string {
    return join(this.folder, recordingName);
  }
  get note(): string {
    return join(this.folder, noteName);
  }
  get sidecar(): string {
    return join(this.folder, sidecarFile);
  }

  /**
   * Adds a sidecar that only a hash can tell from the recording's own, and makes the recording so large that hashing takes
   * a while, but not so large that the user is asked before it is uploaded again.
   */
  async makeHashingLong(): Promise<void> {
    const transcript = { id: 'earlier', status: 'completed' } as const;
    await truncate(this.recording, 90e6);
    await writeFile(
      this.sidecar,
      renderSidecar({ source: recordingName, transcript, sha256: 'of another one' }),
    );
    this.expected.push(earlierSidecarName(recordingName, transcript.id, 1));
  }

  /** What `find` returns, once it returns something: it is called now and after every change. */
  when<T>(find: () => T | undefined): Promise<T> {
    return this.waiter.when(find);
  }

  /** The phase of the job in the journal; undefined when the journal has no open job. */
  get phase(): Phase | undefined {
    return parseJob(this.openJobs().at(-1) ?? '')?.job.stage.phase;
  }

  /** Whether the journal keeps the transcript of the job. */
  get isTranscriptKept(): boolean {
    return readdirSync(join(this.jobsFolder, 'transcripts')).some((name) => name.endsWith('.json'));
  }

  /** Waits until the job is done, and only its files and its record in the history are there. */
  async waitUntilDone(): Promise<void> {
    await eventually(() => {
      ok(existsSync(this.note), `no note; the job is ${this.phase ?? 'not in the journal'}`);
      deepStrictEqual(this.openJobs(), []);
      strictEqual(this.isTranscriptKept, false, 'the transcript is still kept');
    });
  }

  /** Asserts that there are exactly one job at the service, one complete note, and one sidecar with the transcript. */
  async assertDoneOnce(): Promise<void> {
    deepStrictEqual((await readdir(this.folder)).sort(), this.expected.sort());
    deepStrictEqual(await readdir(join(this.jobsFolder, 'aside')).catch(() => []), []);
    const sha256 = await sha256Of(this.recording);
    const jobs = this.service.jobsOf(sha256);
    strictEqual(jobs.length, 1, `${jobs.length} jobs were submitted`);
    strictEqual(this.service.jobs.length, 1);

    await assertSaved(this.recording, this.note, jobs[0]?.body ?? {}, sha256);
  }

  close(): void {
    this.watchers.forEach((watcher) => watcher.close());
  }

  /** The records of open jobs, as text. */
  private openJobs(): string[] {
    const files = readdirSync(this.jobsFolder).filter((name) => openJob.test(name));
    return files.sort().flatMap((name) => {
      try {
        return [readFileSync(join(this.jobsFolder, name), 'utf8')];
      } catch {
        // The file has been removed since.
        return [];
      }
    });
  }
}
