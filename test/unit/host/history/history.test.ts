import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { JobIn } from '../../../../src/core/jobs/job';
import { parseNote } from '../../../../src/core/note/parseNote';
import { sectionNames } from '../../../../src/core/note/sections/sectionNames';
import { parseSidecar, renderSidecar } from '../../../../src/core/sidecar/sidecar';
import type { TranscriptBody } from '../../../../src/core/transcript/model';
import { knownTranscripts } from '../../../../src/host/history/knownTranscripts';
import { saveSidecarOfNote, saveTranscript } from '../../../../src/host/history/saveTranscript';
import { writeSubtitles } from '../../../../src/host/history/writeSubtitles';
import { NamedRecordings } from '../../../../src/host/note/namedRecordings';
import { findSidecarOfNote } from '../../../../src/host/note/sidecarOfNote';
import { aJob, stages } from '../../../support/jobEntries';
import { smallBody } from '../../../support/server/bodies';
import { failureOf } from '../../assemblyai/stage';
import type { NoteLayout } from '../../../../src/core/note/noteLayout';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'steno-history-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (name: string): string => path.join(folder, name);
const files = (): string[] => readdirSync(folder).sort();
const textOf = (name: string): string => readFileSync(inFolder(name), 'utf8');

/** Writes a file with this text; returns its absolute path. */
function put(name: string, text: string): string {
  mkdirSync(path.dirname(inFolder(name)), { recursive: true });
  writeFileSync(inFolder(name), text);
  return inFolder(name);
}

function aBody(id: string, audioUrl = 'https://cdn.assemblyai.com/upload/0f2e4bd4'): TranscriptBody {
  return { ...smallBody(['A', 'Did it pass?'], ['B', 'Yes.']), id, status: 'completed', audio_url: audioUrl };
}

const layout: NoteLayout = { sections: new Set(sectionNames), hasTranslationNotes: false };
const layoutOf = (): NoteLayout => layout;
const createdMs = new Date(2026, 10, 22, 9, 30).getTime();
const noteText = (id: string, recording = 'standup.mp3'): string =>
  `---\nrecording: ${recording}\ntranscript: ${id}\n---\n\n# standup\n`;

describe('saveTranscript', () => {
  it('writes a note and its sidecar, which the note finds', async () => {
    const body = aBody('t-1');
    const note = await saveTranscript({ body, createdMs }, folder, layoutOf);
    assert.deepEqual(files(), [
      'transcript-2026-11-22-0930.aai.json',
      'transcript-2026-11-22-0930.transcript.md',
    ]);
    const { properties, turns, title } = parseNote(readFileSync(note, 'utf8'));
    assert.deepEqual([properties.recording, properties.transcript], [null, 't-1']);
    assert.deepEqual([title, turns.length], ['Transcript of 2026-11-22, 09:30', 2]);
    assert.deepEqual((await findSidecarOfNote(note, properties))?.sidecar, {
      source: '',
      transcript: body,
      sha256: null,
    });
  });

  it('takes the next number when the name of the note or of the sidecar is taken', async () => {
    put('fires.transcript.md', 'mine');
    put('fires.transcript-2.aai.json', 'mine, too');
    const body = aBody('t-1', 'https://a.test/fires.mp3');
    assert.equal(
      path.basename(await saveTranscript({ body, createdMs }, folder, layoutOf)),
      'fires.transcript-3.md',
    );
    assert.deepEqual(files(), [
      'fires.transcript-2.aai.json',
      'fires.transcript-3.aai.json',
      'fires.transcript-3.md',
      'fires.transcript.md',
    ]);
    assert.equal(textOf('fires.transcript.md'), 'mine');
    assert.match(textOf('fires.transcript-3.md'), /^recording: .*a\.test\/fires\.mp3/m);
    assert.equal(parseSidecar(textOf('fires.transcript-3.aai.json'))?.source, 'fires.mp3');
  });

  it('writes notes for translations if the layout for its path says so', async () => {
    const body = {
      ...aBody('t-1', 'https://a.test/fires.mp3'),
      translated_texts: { de: 'Hat es geklappt?' },
    };
    const asked: string[] = [];
    await saveTranscript({ body, createdMs }, folder, (notePath) => {
      asked.push(path.relative(folder, notePath));
      return { ...layout, hasTranslationNotes: true };
    });
    assert.deepEqual(asked, ['fires.transcript.md']);
    assert.deepEqual(files(), ['fires.aai.json', 'fires.transcript.de.md', 'fires.transcript.md']);
    assert.ok(!textOf('fires.transcript.md').includes('geklappt'));
    const translation = textOf('fires.transcript.de.md');
    assert.ok(translation.includes('Hat es geklappt?'), translation);
    const { properties } = parseNote(translation);
    const found = await findSidecarOfNote(inFolder('fires.transcript.de.md'), properties);
    assert.equal(found && path.basename(found.file), 'fires.aai.json');
  });

  it('throws noteUnwritable when it cannot write, and leaves no file', async () => {
    const failure = await failureOf(
      saveTranscript({ body: aBody('t-1'), createdMs }, put('file', ''), layoutOf),
    );
    assert.deepEqual([failure.kind, failure.transcriptId], ['noteUnwritable', 't-1']);
    assert.deepEqual(files(), ['file']);
  });
});

describe('saveSidecarOfNote', () => {
  const save = async (note: string, body = aBody('t-1')): Promise<string> =>
    path.relative(
      folder,
      await saveSidecarOfNote(note, parseNote(readFileSync(note, 'utf8')).properties, body, recordings),
    );
  const recordings = new NamedRecordings({ roots: () => [folder], ask: () => Promise.resolve(false) });

  it('writes beside the recording, without a hash', async () => {
    put('standup.mp3', 'sound');
    const note = put('notes/standup.transcript.md', noteText('t-1', '../standup.mp3'));
    assert.equal(await save(note), 'standup.mp3.aai.json');
    const { source, sha256 } = parseSidecar(textOf('standup.mp3.aai.json'))!;
    assert.deepEqual([source, sha256], ['standup.mp3', null]);
  });

  it('leaves the plain name to the newest transcript of a recording', async () => {
    put('standup.mp3', 'sound');
    const newest = renderSidecar({ source: 'standup.mp3', transcript: aBody('t-2'), sha256: 'ab' });
    put('standup.mp3.aai.json', newest);
    const note = put('standup.transcript.md', noteText('t-1'));
    assert.equal(await save(note), 'standup.mp3.t-1.aai.json');
    assert.equal(textOf('standup.mp3.aai.json'), newest);
    const found = await findSidecarOfNote(note, parseNote(noteText('t-1')).properties);
    assert.equal(found?.sidecar.transcript.id, 't-1');
  });

  it('writes beside the note when the recording is gone or on the web', async () => {
    assert.equal(await save(put('standup.transcript.md', noteText('t-1'))), 'standup.aai.json');
    const note = put('web/fires.transcript.md', noteText('t-1', 'https://a.test/fires.mp3'));
    assert.equal(
      await save(note, aBody('t-1', 'https://a.test/fires.mp3')),
      path.join('web', 'fires.aai.json'),
    );
    assert.equal(parseSidecar(textOf('web/fires.aai.json'))?.source, 'fires.mp3');
  });

  it('writes beside the note when the recording is outside of the workspace', async () => {
    put('secret/file', '');
    const inside = new NamedRecordings({
      roots: () => [inFolder('work')],
      ask: () => Promise.resolve(false),
    });
    const note = put('work/standup.transcript.md', noteText('t-1', '../secret/file'));
    const { properties } = parseNote(readFileSync(note, 'utf8'));
    const written = await saveSidecarOfNote(note, properties, aBody('t-1'), inside);
    assert.equal(written, inFolder('work/standup.aai.json'));
    put('secret/file.aai.json', renderSidecar({ source: 'file', transcript: aBody('t-1'), sha256: null }));
    rmSync(written);
    assert.equal(await findSidecarOfNote(note, properties, inside), undefined);
  });

  it('throws sidecarUnwritable when no name is free', async () => {
    const note = put('standup.transcript.md', noteText('t-1'));
    put('standup.aai.json', 'mine');
    const failure = await failureOf(save(note));
    assert.equal(failure.kind, 'sidecarUnwritable');
    assert.equal(textOf('standup.aai.json'), 'mine');
  });
});

describe('knownTranscripts', () => {
  const done = (transcriptId: string, note: string): JobIn<'done'> =>
    aJob({ stage: { phase: 'done', transcriptId, note, hasSidecar: true } }) as JobIn<'done'>;

  it('finds transcripts in notes, sidecars and jobs, and prefers notes', async () => {
    const all = [
      put('a/standup.transcript.md', noteText('t-note', '../talks/standup.mp3')),
      put('a/none.transcript.md', '---\ntranscript: t-bare\n---\n'),
      put('readme.md', '# Not a note\n'),
      put(
        'talks/talk.mp3.aai.json',
        renderSidecar({ source: 'talk.mp3', transcript: aBody('t-side'), sha256: 'ab' }),
      ),
      put(
        'talks/standup.mp3.aai.json',
        renderSidecar({ source: '', transcript: aBody('t-note'), sha256: 'ab' }),
      ),
      put('broken.aai.json', 'nothing'),
      inFolder('gone.md'),
    ];
    const jobs = [
      done('t-done', put('elsewhere.md', noteText('t-done'))),
      done('t-lost', inFolder('lost.md')),
      aJob({ id: 'job-2', stage: { phase: 'transcribed', transcriptId: 't-left', sha256: 'ab' } }),
      aJob({ stage: stages.waiting }),
    ];
    assert.deepEqual(
      [...(await knownTranscripts(jobs, all))].sort(([one], [other]) => one.localeCompare(other)),
      [
        ['t-bare', { name: 'none', note: inFolder('a/none.transcript.md') }],
        ['t-done', { name: 'standup.mp3', note: inFolder('elsewhere.md') }],
        ['t-left', { name: 'standup.mp3', jobId: 'job-2' }],
        ['t-lost', { name: 'standup.mp3' }],
        ['t-note', { name: 'standup.mp3', note: inFolder('a/standup.transcript.md') }],
        ['t-side', { name: 'talk.mp3' }],
      ],
    );
  });

  it('prefers a note over its translations, in whatever order it finds them', async () => {
    const translated = (text: string): string => text.replace('---\n\n', 'translated_from: en\n---\n\n');
    const all = [
      put('a/standup.transcript.md', noteText('t-1')),
      put('a/standup.transcript.de.md', translated(noteText('t-1'))),
      put('b/standup.transcript.fr.md', translated(noteText('t-1'))),
      put('b/talk.transcript.fr.md', translated(noteText('t-2', 'talk.mp3'))),
      put('talk.mp3.aai.json', renderSidecar({ source: '', transcript: aBody('t-2'), sha256: 'ab' })),
    ];
    const known = await knownTranscripts([], all);
    assert.equal(known.get('t-1')?.note, inFolder('a/standup.transcript.md'));
    assert.equal(known.get('t-1')?.isTranslation, undefined);
    assert.equal(known.get('t-2')?.note, inFolder('b/talk.transcript.fr.md'));
    assert.equal(known.get('t-2')?.isTranslation, true, 'deleting the transcript would lose its text');
  });
});

describe('writeSubtitles', () => {
  it('writes beside the recording or the note, and overwrites nothing', async () => {
    const write = async (beside: string): Promise<string> =>
      path.basename(await writeSubtitles('WEBVTT\n', 'vtt', inFolder(beside)));
    assert.equal(await write('standup.mp3'), 'standup.vtt');
    assert.equal(await write('standup.transcript.md'), 'standup-2.vtt');
    assert.equal(await write('talk.transcript.de.md'), 'talk.vtt');
    assert.equal(await write('talk v1.2.md'), 'talk v1.2.vtt');
    assert.equal(await write('no extension'), 'no extension.vtt');
    assert.equal(textOf('standup-2.vtt'), 'WEBVTT\n');
    for (const long of ['会'.repeat(83), 'x'.repeat(251)]) {
      assert.ok(Buffer.byteLength(await write(`${long}.mp3`)) <= 255);
      assert.match(await write(`${long}.mp3`), /-2\.vtt$/);
    }
    const failure = await failureOf(writeSubtitles('', 'srt', path.join(put('file', ''), 'talk.mp3')));
    assert.equal(failure.kind, 'fileUnwritable');
  });
});
