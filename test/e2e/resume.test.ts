import { randomInt } from 'node:crypto';
import { seededRandom } from '../support/seededRandom';
import { held, later, passing, type Moment } from './moments';
import type { Workbench } from './pages/workbench';
import { useScene, type SceneOfTest } from './useScene';

/** Whether to kill at many random points, besides the moments that have a name. */
const isThorough = process.env['STENO_KILL_ROUNDS'] !== undefined;
const randomRounds = Number(process.env['STENO_KILL_ROUNDS'] ?? 1);
const seed = Number(process.env['STENO_KILL_SEED'] ?? randomInt(1e9));

describe('When a window ends, its job goes on', () => {
  const scene = useScene('resume', { pace: 'manual' });

  /** Begins the job in a window, and waits until Steno knows that it is being processed. */
  async function begin(): Promise<Workbench> {
    const { folder, name, service } = scene.current;
    const workbench = await scene.stage.open(folder);
    await workbench.explorer.choose('Transcribe', name);
    await service.arrived('get');
    service.advance(service.jobs[0]!.id);
    const asked = service.requestsOf('get').length;
    await service.arrived('get', asked + 1);
    return workbench;
  }

  it('in the same window after a reload', async () => {
    const workbench = await begin();
    await workbench.page.reload();
    await workbench.explorer.row(scene.current.name);
    scene.current.service.complete(scene.current.service.jobs[0]!.id);
    await workbench.explorer.row('standup.transcript.md');
    await scene.current.waitUntilDone();
    await scene.current.assertDoneOnce();
  });

  it('in the next window, although the service finished it in between', async () => {
    const workbench = await begin();
    await workbench.page.close();
    await scene.stage.waitForHosts(0);
    scene.current.service.complete(scene.current.service.jobs[0]!.id);
    await scene.stage.open(scene.current.folder);
    await scene.current.waitUntilDone();
    await scene.current.assertDoneOnce();
  });
});

/** Kills the extension host at a moment. VS Code starts another one in the same window, or in the next if that is closed. */
async function killAt(scene: SceneOfTest, moment: Moment, isWindowClosed = false): Promise<void> {
  const { stage, current } = scene;
  await moment.prepare?.(current);
  const workbench = await stage.open(current.folder);
  const [host] = await stage.waitForHosts(1);
  await workbench.explorer.openMenuWith('Transcribe', current.name);
  const reached = current.when(() => moment.find(current));
  await workbench.explorer.pick('Transcribe');
  await reached;
  process.kill(host!, 'SIGKILL');
  if (isWindowClosed) {
    await workbench.page.close();
    await stage.open(current.folder);
  }
  await current.waitUntilDone();
  await current.assertDoneOnce();
}

describe('When the extension host is killed, its job goes on', () => {
  const scene = useScene('kill', { pace: { polls: 3 } });

  // The random rounds draw from the others, too. All of them together take some minutes.
  const named = isThorough ? passing : passing.slice(-2);
  for (const moment of [...held, ...named]) {
    it(moment.name, () => killAt(scene, moment));
  }
});

describe(`When the extension host is killed at a random point, its job goes on (STENO_KILL_SEED=${seed})`, () => {
  // Slow enough to kill it in the middle of the upload.
  const scene = useScene('kill-random', { pace: { polls: 3 }, uploadBytesPerSecond: 2e6 });
  const random = seededRandom(seed);
  const draw = (below: number): number => Math.floor(random() * below);

  for (let round = 1; round <= randomRounds; round++) {
    const moment = later(passing[draw(passing.length)]!, draw(12));
    const isWindowClosed = random() < 0.5;
    it(`${round}: ${moment.name}${isWindowClosed ? ', with its window' : ''}`, () =>
      killAt(scene, moment, isWindowClosed));
  }
});
