import { patienceMs } from '../support/eventually';
import { Stage, type StageOptions } from './stage';

/** Gives the tests of a `describe` one stage, and each test its own windows, folders and service. */
export function useStage(logName: string, options: StageOptions = {}): { readonly current: Stage } {
  let stage: Stage | undefined;

  before(async function () {
    // The first run downloads VS Code.
    this.timeout(20 * patienceMs);
    stage = await Stage.start(logName, options);
  });

  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state === 'failed') {
      const kept = await stage?.keepEvidence(test.fullTitle()).catch((thrown: unknown) => [String(thrown)]);
      console.log(kept?.map((path) => `        kept: ${path}`).join('\n'));
    }
    await stage?.clear();
  });

  after(() => stage?.stop());

  return {
    get current() {
      if (stage === undefined) {
        throw new Error('There is no stage outside of tests.');
      }
      return stage;
    },
  };
}
