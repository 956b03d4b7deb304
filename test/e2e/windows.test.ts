import { strictEqual } from 'node:assert/strict';
import type { Workbench } from './pages/workbench';
import { useScene } from './useScene';

const rounds = Number(process.env['STENO_WINDOW_ROUNDS'] ?? 1);

/** The message about a recording that another window is transcribing. */
const busy = /already working on “standup\.mp3”/;

/** One window and its extension host. */
interface Window {
  readonly workbench: Workbench;
  readonly host: number;
}

describe('Two windows with the same recording', () => {
  const scene = useScene('windows', { pace: 'manual' });
  const takeoversMs: number[] = [];

  after(() => {
    if (takeoversMs.length > 0) {
      const times = takeoversMs.map((ms) => (ms / 1000).toFixed(1)).join(', ');
      console.log(`        taken over after ${times} s`);
    }
  });

  async function openTwo(): Promise<readonly [Window, Window]> {
    const { stage, current } = scene;
    const first = await stage.open(current.folder);
    const [firstHost] = await stage.waitForHosts(1);
    const second = await stage.open(current.folder);
    const secondHost = (await stage.waitForHosts(2)).find((host) => host !== firstHost);
    return [
      { workbench: first, host: firstHost! },
      { workbench: second, host: secondHost! },
    ];
  }

  /** Starts both windows at once. Returns the one that works, and then the one that is told that it does not. */
  async function contend(windows: readonly [Window, Window]): Promise<readonly [Window, Window]> {
    const { name, service } = scene.current;
    await Promise.all(windows.map(({ workbench }) => workbench.explorer.openMenuWith('Transcribe', name)));
    await Promise.all(windows.map(({ workbench }) => workbench.explorer.pick('Transcribe')));
    const told = await Promise.any(
      windows.map(async (window) => {
        await window.workbench.notifications.waitFor(busy);
        return window;
      }),
    );
    await service.arrived('get');
    const working = windows.find((window) => window !== told)!;
    return [working, told];
  }

  for (let round = 1; round <= rounds; round++) {
    it(`${round}: write one note, and one of them says that the other is working on it`, async () => {
      const { service } = scene.current;
      const [{ workbench }] = await contend(await openTwo());
      service.complete(service.jobs[0]!.id);
      await workbench.editors.waitForActive('standup.transcript.md');
      await scene.current.waitUntilDone();
      await scene.current.assertDoneOnce();
      strictEqual(service.requestsOf('upload').length, 1);
      strictEqual(service.requestsOf('submit').length, 1);
    });

    it(`${round}: take over from one another`, async () => {
      const { service } = scene.current;
      const [working, other] = await contend(await openTwo());
      const killedMs = performance.now();
      // Closes the window, too, which would start another host.

      const closed = working.workbench.page.close();
      process.kill(working.host, 'SIGKILL');
      await closed;
      const asked = service.requestsOf('get').length;
      await service.arrived('get', asked + 1);
      takeoversMs.push(performance.now() - killedMs);
      service.complete(service.jobs[0]!.id);
      await other.workbench.explorer.row('standup.transcript.md');
      await scene.current.waitUntilDone();
      await scene.current.assertDoneOnce();
      strictEqual(service.requestsOf('upload').length, 1);
    });
  }
});
