import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from '../../../../src/host/journal/journal';
import { seededRandom } from '../../../support/seededRandom';
import { jobNumber } from '../jobs/someJobs';
import { JournalStage, nameOf } from './journalStage';

const jobs = Array.from({ length: 12 }, (_, number) => jobNumber(number));
const ids = jobs.map(({ id }) => id).toSorted();

let stage: JournalStage;

beforeEach(() => (stage = new JournalStage()));
afterEach(() => stage.remove());

async function idsOf(journal: Journal): Promise<readonly string[]> {
  const { open, done } = await journal.list();
  return [...open.map(({ job }) => job.id), ...done.map(({ id }) => id)].toSorted();
}

describe('The list of jobs in the journal', () => {
  it('has each job once while windows claim, close and write jobs', async () => {
    const random = seededRandom(11);
    const pause = async (): Promise<void> => {
      for (let turns = Math.floor(random() * 40); turns > 0; turns--) {
        await new Promise(setImmediate);
      }
    };
    for (let round = 0; round < 3; round++) {
      const journals = ['one', 'two'].map((name) => stage.journalOf(`${name} ${round}`));
      await Promise.all(jobs.map((job) => journals[0]!.create(job)));
      stage.gone.add(`one ${round}`).add(`two ${round}`);
      let isOver = false;
      const moveOn = async (index: number): Promise<void> => {
        const job = jobs[index]!;
        for (let owner = 0; ; owner = 1 - owner) {
          await pause();
          if (random() < 0.4) {
            await journals[owner]!.finish(stage.done(job));
            return;
          }
          await journals[owner]!.write({ ...job, changedMs: round });
          assert.ok(await journals[1 - owner]!.claim(job.id));
        }
      };
      const read = async (): Promise<number> => {
        let lists = 0;
        for (; !isOver; lists++) {
          assert.deepEqual(await idsOf(stage.journalOf('reader')), ids);
        }
        return lists;
      };
      const reading = Promise.all([read(), read()]);
      await Promise.all(jobs.map((_, index) => moveOn(index)));
      isOver = true;
      assert.ok((await reading).every((lists) => lists > 0));
    }
  });

  it('has a job that is closed after its open record was seen', async () => {
    const [mine, theirs] = [stage.journalOf('mine'), stage.journalOf('theirs')];
    const [first, second] = [jobs[0]!, jobs[1]!];
    await mine.create(first);
    await mine.create(second);
    const listing = theirs.list();
    await mine.finish(stage.done(first));
    const { open, done } = await listing;
    assert.equal(open.length + done.length, 2);
    assert.ok(!existsSync(stage.pathOf(nameOf(first))));
  });

  it('does not have a closed job whose record another version wrote', async () => {
    const mine = stage.journalOf('mine');
    const [job] = jobs;
    await mine.create(job!);
    mkdirSync(stage.pathOf('done'), { recursive: true });
    writeFileSync(stage.pathOf(join('done', `${job!.id}.json`)), '{"version":99}');
    assert.deepEqual(await idsOf(stage.journalOf('reader')), []);
    assert.equal(await stage.journalOf('reader').claim(job!.id), undefined);
  });
});
