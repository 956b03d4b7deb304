import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseNote } from '../../../../src/core/note/parseNote';
import { NamedRecordings } from '../../../../src/host/note/namedRecordings';

describe('The recording that a note names', () => {
  let folder: string;
  let asked: string[];
  let answer: boolean;
  let recordings: NamedRecordings;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'steno-named-')));
    for (const name of ['work/notes', 'work/talks', 'secret', 'loose']) {
      mkdirSync(at(name), { recursive: true });
      writeFileSync(at(`${name}/talk.mp3`), '');
    }
    asked = [];
    answer = false;
    recordings = new NamedRecordings({
      roots: () => [at('work')],
      ask: (recording) => {
        asked.push(recording);
        return Promise.resolve(answer);
      },
    });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const at = (name: string): string => path.join(folder, name);
  const find = (recording: string, note = 'work/notes/talk.transcript.md'): Promise<string | undefined> =>
    recordings.find(at(note), parseNote(`---\nrecording: ${JSON.stringify(recording)}\n---\n`).properties);

  it('is used without a question in the workspace, and below the folder of the note', async () => {
    assert.equal(await find('../talks/talk.mp3'), at('work/talks/talk.mp3'));
    assert.equal(await find(at('work/talks/gone.mp3')), at('work/talks/gone.mp3'));
    assert.equal(await find('talk.mp3', 'loose/talk.transcript.md'), at('loose/talk.mp3'));
    assert.equal(await find('https://a.example/talk.mp3'), undefined);
    symlinkSync(at('secret/talk.mp3'), at('work/talks/linked.mp3'));
    assert.equal(await find('../talks/linked.mp3'), at('work/talks/linked.mp3'), 'files go beside the link');
    assert.deepEqual(asked, []);
  });

  it('is not used outside of it, unless the user allows it; asks once for each folder', async () => {
    for (const link of [
      '../../secret/talk.mp3',
      at('secret/talk.mp3'),
      pathToFileURL(at('secret/talk.mp3')).href,
    ]) {
      assert.equal(await find(link), undefined, link);
    }
    assert.deepEqual(asked, [at('secret/talk.mp3')]);
    answer = true;
    assert.equal(await find('../../loose/talk.mp3'), at('loose/talk.mp3'));
    assert.equal(await find('../../loose/other.mp3'), at('loose/other.mp3'));
    assert.equal(await find('../../secret/other.mp3'), undefined);
    assert.equal(asked.length, 2);
  });

  it('is outside where a link in the workspace leads out of it, and in folders that are not there yet', async () => {
    symlinkSync(at('secret'), at('work/open'));
    assert.equal(await find('../open/talk.mp3'), undefined);
    assert.equal(await find('../open/new/talk.mp3'), undefined);
    assert.equal(await find('../../gone/new/talk.mp3'), undefined);
    assert.equal(await find('../gone/talk.mp3'), at('work/gone/talk.mp3'));
    assert.equal(asked.length, 3);
  });

  it('is found however its name is composed', async () => {
    writeFileSync(at('work/talks/é.mp3'.normalize('NFC')), '');
    const found = await find('../talks/é.mp3'.normalize('NFD'));
    assert.equal(found?.normalize('NFC'), at('work/talks/é.mp3').normalize('NFC'));
    assert.equal(realpathSync(found).normalize('NFC'), at('work/talks/é.mp3').normalize('NFC'));
  });
});
