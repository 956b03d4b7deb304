import type { ScriptedServerOptions } from '../support/server/scriptedServer';
import { Scene } from './scene';
import type { Stage } from './stage';
import { useStage } from './useStage';

/** The stage and the scene of the current test. */
export interface SceneOfTest {
  readonly stage: Stage;
  readonly current: Scene;
}

/** Gives the tests of a `describe` one stage, and each test a scene with no other extension host. Skipped on Windows. */
export function useScene(logName: string, service: ScriptedServerOptions): SceneOfTest {
  const stage = useStage(logName, { service });
  let scene: Scene | undefined;

  before(function () {
    if (process.platform === 'win32') {
      console.log('        skipped: processes are listed with ps');
      this.skip();
    }
  });

  beforeEach(async () => {
    await stage.current.waitForHosts(0);
    scene = await Scene.set(stage.current);
  });

  afterEach(() => scene?.close());

  return {
    get stage() {
      return stage.current;
    },
    get current() {
      if (scene === undefined) {
        throw new Error('There is no scene outside of tests.');
      }
      return scene;
    },
  };
}
