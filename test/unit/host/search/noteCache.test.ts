import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseQuery } from '../../../../src/core/search/query';
import { searchNote } from '../../../../src/core/search/searchNote';
import { NoteCache } from '../../../../src/host/search/noteCache';
import { addText, removeFolder, temporaryFolder } from '../../../support/vscode/workspace';

const noteCount = 300;
const never = new AbortController().signal;

const noteOf = (number: number, text: string, created = ''): string =>
  `---\nrecording: ${number}.mp3\ntranscript: id${number}\n${created}---\n\n[00:00:01](${number}.mp3#t=1) ${text}\n`;

describe('NoteCache', () => {
  let folder: string;
  let cache: NoteCache;
  beforeEach(async () => {
    folder = await temporaryFolder('cache');
    cache = new NoteCache();
  });
  afterEach(() => removeFolder(folder));

  const filesWith = (word: string): string[] =>
    cache.notes
      .filter(({ paragraphs }) => [...searchNote(paragraphs, parseQuery(word), [])].length > 0)
      .map(({ file }) => file);

  it('skips files that are too large, and counts the notes among them', async () => {
    const tooLong = 'word '.repeat(2_000_000);
    const files = await Promise.all([
      addText(folder, 'small.md', noteOf(1, 'Hello.')),
      addText(folder, 'large.md', noteOf(2, tooLong)),
      addText(folder, 'book.md', tooLong),
    ]);
    await cache.update(
      files,
      () => undefined,
      () => undefined,
      never,
    );
    assert.deepEqual(
      cache.notes.map(({ file }) => file),
      [join(folder, 'small.md')],
    );
    assert.equal(cache.tooLargeCount, 1);
  });

  it('holds hundreds of notes, the newest first, and reports progress while it reads them', async () => {
    const numbers = [...Array(noteCount).keys()];
    const dated = (number: number): string => `created: ${new Date(86_400_000 * number).toISOString()}\n`;
    const files = await Promise.all(
      numbers.map((number) => addText(folder, `${number}.md`, noteOf(number, 'Hello.', dated(number)))),
    );
    const counts: number[] = [];
    await cache.update(
      files,
      () => undefined,
      () => counts.push(cache.notes.length),
      never,
    );
    assert.deepEqual(filesWith('hello'), files.reverse());
    assert.ok(counts.length > 1 && counts[0]! < noteCount && counts.at(-1) === noteCount);
  });

  it('holds only notes that name a transcript and can be read', async () => {
    const files = [
      await addText(folder, 'readme.md', '# Hello\n\n[00:00:01](a.mp3#t=1) Hello.\n'),
      await addText(folder, 'broken.md', '---\ntranscript: [\n---\n\n[00:00:01](a.mp3#t=1) Hello.\n'),
      await addText(folder, 'note.md', noteOf(1, 'Hello.')),
      join(folder, 'gone.md'),
      folder,
    ];
    await cache.update(
      files,
      () => undefined,
      () => undefined,
      never,
    );
    assert.deepEqual(filesWith('hello'), [files[2]]);
  });

  it('rereads changed files, prefers unsaved text, and drops files that are gone', async () => {
    const [one, two] = [
      await addText(folder, 'one.md', noteOf(1, 'Hello.')),
      await addText(folder, 'two.md', noteOf(2, 'Hello.')),
    ];
    const unsaved = new Map<string, string>();
    const fill = (...files: readonly string[]): Promise<void> =>
      cache.update(
        files,
        (file) => unsaved.get(file),
        () => undefined,
        never,
      );
    await fill(one, two);
    const before = cache.notes.find(({ file }) => file === two);
    await writeFile(one, noteOf(1, 'Good evening.'));
    await fill(one, two);
    assert.deepEqual([filesWith('evening'), filesWith('hello')], [[one], [two]]);
    assert.equal(
      cache.notes.find(({ file }) => file === two),
      before,
    );
    unsaved.set(two, noteOf(2, 'Good night.'));
    await fill(one, two);
    assert.deepEqual([filesWith('night'), filesWith('hello')], [[two], []]);
    await rm(one);
    await fill(one, two);
    assert.deepEqual(filesWith('good'), [two]);
    await fill();
    assert.deepEqual(cache.notes, []);
  });

  it('stops when it is aborted', async () => {
    const file = await addText(folder, 'note.md', noteOf(1, 'Hello.'));
    const filling = cache.update(
      [file],
      () => undefined,
      () => undefined,
      AbortSignal.abort(),
    );
    await assert.rejects(filling, { name: 'AbortError' });
    assert.deepEqual(cache.notes, []);
  });
});
