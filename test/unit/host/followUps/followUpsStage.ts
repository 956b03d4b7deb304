import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { AssemblyAiClient } from '../../../../src/assemblyai/client';
import { Failure } from '../../../../src/core/failures/failure';
import type { FollowUp } from '../../../../src/core/followUps/followUp';
import { FollowUps } from '../../../../src/host/followUps/followUps';
import { WindowRegistry } from '../../../../src/host/windows/windowRegistry';
import type { ScriptedServer } from '../../../support/server/scriptedServer';
import { neverAborted, Stage } from '../../assemblyai/stage';

/** What the user was told, by `showInStatusBar` or by `report`. `retry` is what the button *Retry* does. */
interface Told {
  readonly message: string;
  readonly retry: (() => Promise<void>) | undefined;
  /** What the other buttons do, by their labels. */
  readonly others: Readonly<Record<string, () => unknown>>;
}

export type Service = Pick<AssemblyAiClient, 'saveRedactedAudio' | 'deleteForSure'>;

/** Follow-ups in as many windows as a test opens, and their service. */
export class FollowUpsStage {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'steno-followups-'));
  readonly told: Told[] = [];
  readonly waits: (() => void)[] = [];
  readonly client: AssemblyAiClient;
  private windows = 0;

  private constructor(
    private readonly stage: Stage,
    readonly server: ScriptedServer,
  ) {
    this.client = stage.client(server.url);
  }

  static async open(): Promise<FollowUpsStage> {
    const stage = new Stage();
    return new FollowUpsStage(stage, await stage.startServer({ pace: 'manual' }));
  }

  async close(): Promise<void> {
    await this.stage.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get log(): Stage['log'] {
    return this.stage.log;
  }

  /** The follow-ups of another window. */
  openList(service: Service = this.client, pid = process.pid): FollowUps {
    const { folder, told } = this;
    const windows = new WindowRegistry(
      path.join(folder, 'windows'),
      `window-${++this.windows}`,
      { host: 'here', bootMs: 0, processSpace: '' },
      pid,
    );
    return new FollowUps({
      folder,
      windows,
      clock: this.stage.clock,
      log: this.log,
      open: (origin) =>
        origin === this.server.url
          ? Promise.resolve({ client: service, close: () => Promise.resolve() })
          : Promise.reject(new Failure('otherServer', 'Another one', { host: new URL(origin).host })),
      messages: {
        showInStatusBar: (message) => void told.push({ message, retry: undefined, others: {} }),
        report: (message, _, retry, others = []) => {
          const buttons = others.map(({ label, press }) => [label, press] as const);
          told.push({ message, retry, others: Object.fromEntries(buttons) });
          return Promise.resolve();
        },
        showWait: (_, stop) => {
          this.waits.push(stop);
          return { dispose: () => undefined };
        },
      },
    });
  }

  /** A follow-up that deletes a finished transcript at the service. */
  async aFollowUp(otherwise: Partial<FollowUp> = {}): Promise<FollowUp> {
    const { id } = await this.client.submit({ audio_url: 'https://example.test/talk.mp3' }, neverAborted);
    this.server.complete(id);
    return {
      transcriptId: id,
      service: this.server.url,
      name: 'talk.mp3',
      redactedAudio: null,
      deletes: true,
      ...otherwise,
    };
  }

  /** What text the service still has of a transcript. */
  textOf(id: string): unknown {
    return this.server.jobs.find((job) => job.id === id)?.body['text'];
  }

  listed(): string[] {
    return readdirSync(this.folder).filter((name) => name.endsWith('.json'));
  }

  /** The service with redacted audio that is written at once. @param save called before that */
  withAudio(save: (file: string) => Promise<void> = () => Promise.resolve()): Service {
    return {
      saveRedactedAudio: async (_, file) => {
        await save(file);
        writeFileSync(file, 'beep', { flag: 'wx' });
      },
      deleteForSure: (id, signal) => this.client.deleteForSure(id, signal),
    };
  }
}

/** What AssemblyAI puts in the place of a text. */
export const deleted = 'Deleted by user.';
