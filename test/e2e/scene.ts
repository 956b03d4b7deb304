import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, watch, type FSWatcher } from 'node:fs';
import { appendFile, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Phase } from '../../src/core/jobs/job';
import { parseJob } from '../../src/core/jobs/journalFormat';
import { earlierSidecarName, renderSidecar } from '../../src/core/sidecar/sidecar';
import { eventually } from '../support/eventually';
import { assertSaved } from '../support/savedFiles';
import type { ScriptedServer } from '../support/server/scriptedServer';
import { addRecording } from '../support/vscode/workspace';
import { sha256Of } from './files';
import type { Stage } from './stage';

/** Open jobs in the journal: those that are done lie in a folder of their own. */
const openJob = /^[0-9a-f]+\.\d+\.json$/;

const recordingName = 'standup.mp3';
const noteName = 'standup.transcript.md';
const sidecarFile = 'standup.mp3.aai.json';

/** One recording on its way to a note, and all that can be seen of it from outside. */
export class Scene {
  /** What has moved so far: files that came, went or changed, requests, their bytes and their answers. */
  changes = 0;
  /** What is to be in the folder at the end. */
  private readonly expected = [recordingName, sidecarFile, noteName];
  private readonly looks = new Set<() => void>();
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
      this.looks.forEach((look) => look());
    };
    this.watchers = [jobsFolder, transcripts, folder].map((each) => watch(each, changed));
    void service.when(changed);
  }

  /** A folder with the sample, like no other one, so that its jobs can be told from those of other scenes. */
  static async set(stage: Stage): Promise<Scene> {
    const folder = await stage.folder();
    // Behind the sound, where a decoder does not care.
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
   * Puts a sidecar there that may be the recording's, as only the hash can tell; the recording grows so that taking it
   * lasts a while, and stays so small that nobody is asked before it is uploaded again.
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

  /** What `look` finds, once it finds something: it looks whenever anything moves. */
  when<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const lookAgain = (): void => {
        const found = look();
        if (found !== undefined) {
          this.looks.delete(lookAgain);
          resolve(found);
        }
      };
      this.looks.add(lookAgain);
      lookAgain();
    });
  }

  /** How far the journal says the job is; undefined where it has no open job. */
  get phase(): Phase | undefined {
    return parseJob(this.openJobs().at(-1) ?? '')?.job.stage.phase;
  }

  /** Whether the job's transcript is kept in the journal. */
  get isTranscriptKept(): boolean {
    return readdirSync(join(this.jobsFolder, 'transcripts')).some((name) => name.endsWith('.json'));
  }

  /** Until the job is done, with nothing left of it but its files and its place in the history. */
  async waitUntilDone(): Promise<void> {
    await eventually(() => {
      ok(existsSync(this.note), `no note; the job is ${this.phase ?? 'not in the journal'}`);
      deepStrictEqual(this.openJobs(), []);
      strictEqual(this.isTranscriptKept, false, 'the transcript is still kept');
    });
  }

  /** Exactly one job at the service, one note, whole, and one sidecar, that of the service. */
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

  /** Open jobs, as they stand in their files. */
  private openJobs(): string[] {
    const files = readdirSync(this.jobsFolder).filter((name) => openJob.test(name));
    return files.sort().flatMap((name) => {
      try {
        return [readFileSync(join(this.jobsFolder, name), 'utf8')];
      } catch {
        // Gone meanwhile.
        return [];
      }
    });
  }
}
