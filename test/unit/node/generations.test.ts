import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { GenerationNames } from '../../../src/node/generationNames';
import { Generations } from '../../../src/node/generations';

describe('Generations', () => {
  let folder: string;
  const names = new GenerationNames(/[a-z]+/, '.json');
  let generations: Generations;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'steno-generations-'));
    generations = new Generations(folder, names);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('knows its own names, and no others', () => {
    assert.deepEqual(names.parse('job.12.json'), { id: 'job', generation: 12 });
    for (const name of [
      'job.json',
      'job.0.json',
      'job.01.json',
      'job.-1.json',
      'job.1.jsonx',
      'job.1xjson',
    ]) {
      assert.equal(names.parse(name), undefined, name);
    }
    for (const name of ['Job.1.json', 'job.1', '.1.json', 'job.1.json.2', `job.${'9'.repeat(16)}.json`]) {
      assert.equal(names.parse(name), undefined, name);
    }
    assert.deepEqual(new GenerationNames(/[\w-]+/).parse('edit-1.2'), { id: 'edit-1', generation: 2 });
  });

  it('groups names by their ids, the highest generation first', () => {
    const pair = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 999_999_999_999_999 }));
    fc.assert(
      fc.property(fc.uniqueArray(pair, { selector: String }), (pairs) => {
        const names = pairs.map(([id, generation]) => `${id}.${generation}.json`);
        const groups = generations.group([...names, 'other.txt']);
        assert.deepEqual(
          [...groups].flatMap(([id, all]) => all.map((generation) => `${id}.${generation}.json`)).toSorted(),
          names.toSorted(),
        );
        for (const all of groups.values()) {
          assert.deepEqual(
            all,
            all.toSorted((one, other) => other - one),
          );
        }
      }),
    );
  });

  it('lets one of many create the next one, which supersedes the one before', async () => {
    assert.deepEqual(await generations.of('job'), []);
    assert.ok(await generations.create('job', 1, 'first'));
    assert.equal(await generations.isSuperseded('job', 1), false);
    const texts = Array.from({ length: 10 }, (_, index) => `claim ${index}`);
    const created = await Promise.all(texts.map((text) => generations.create('job', 2, text)));
    assert.equal(created.filter(Boolean).length, 1);
    assert.equal(readFileSync(generations.pathOf('job', 2), 'utf8'), texts[created.indexOf(true)]);
    assert.equal(await generations.isSuperseded('job', 1), true);
    assert.deepEqual(await generations.of('job'), [2, 1]);
  });

  it('removes the generations of one id, up to one where that is wanted', async () => {
    for (const generation of [1, 2, 3]) {
      await generations.create('job', generation, '');
    }
    await generations.create('other', 1, '');
    writeFileSync(join(folder, 'job.txt'), '');
    await generations.remove('job', 2);
    assert.deepEqual(readdirSync(folder).toSorted(), ['job.3.json', 'job.txt', 'other.1.json']);
    await generations.remove('job');
    assert.deepEqual(readdirSync(folder).toSorted(), ['job.txt', 'other.1.json']);
  });

  it('needs no folder until it creates a file', async () => {
    rmSync(folder, { recursive: true });
    assert.deepEqual(await generations.of('job'), []);
    await generations.remove('job');
    assert.ok(await generations.create('job', 1, ''));
    if (process.platform !== 'win32') {
      assert.equal(statSync(folder).mode & 0o777, 0o700);
      assert.equal(statSync(generations.pathOf('job', 1)).mode & 0o777, 0o600);
    }
  });
});
