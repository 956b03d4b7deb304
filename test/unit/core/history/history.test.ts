import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../../../src/core/failures/failure';
import { checkFinished } from '../../../../src/core/history/checkFinished';
import { confirmDeletionText, deletionResultText } from '../../../../src/core/history/deletionTexts';
import { noteNameFor } from '../../../../src/core/history/noteName';
import { PastPages, type PastPage } from '../../../../src/core/history/pastPages';
import {
  formatDateTime,
  pastRow,
  pastState,
  pastTitle,
  type PastTranscript,
} from '../../../../src/core/history/pastTranscript';
import {
  fileNameOf,
  fileOrHostOf,
  hostAndPathOf,
  publicUrlOf,
} from '../../../../src/core/recordings/audioUrl';
import type { TranscriptBody } from '../../../../src/core/transcript/model';

const id = '3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10';
const host = 'api.assemblyai.com';
const upload = 'https://cdn.assemblyai.com/upload/0f2e4bd4-1c5e-4b7e-8bd1-000000000000';
const createdMs = Date.UTC(2026, 10, 22, 9, 30);
const neverAborted = new AbortController().signal;

function aPast(otherwise: Partial<PastTranscript> = {}): PastTranscript {
  return { id, status: 'completed', audioUrl: upload, createdMs, error: null, ...otherwise };
}

const unknown = { name: undefined, isDeleted: false };
const formatDate = (ms: number): string => formatDateTime(ms, 'en-GB', 'Europe/Berlin');

describe('A past transcript', () => {
  it('has the local time, whatever the time of the service', () => {
    assert.equal(formatDate(createdMs), '22 Nov 2026, 10:30');
    assert.equal(formatDateTime(createdMs, 'de', 'Asia/Tokyo'), '22.11.2026, 18:30');
    assert.equal(formatDateTime(createdMs, 'no such language'), '2026-11-22T09:30:00.000Z');
    assert.equal(formatDateTime(1e300, 'en'), '');
  });

  it('is named after its recording where that is known, otherwise by its id', () => {
    assert.equal(pastTitle(aPast(), 'standup.mp3'), 'standup.mp3');
    assert.equal(
      pastTitle(aPast({ audioUrl: 'https://assembly.ai/wild%20fires.mp3' }), undefined),
      'wild fires.mp3',
    );
    assert.equal(pastTitle(aPast({ audioUrl: 'https://assembly.ai/' }), undefined), 'assembly.ai');
    assert.equal(pastTitle(aPast(), undefined), 'Transcript 3f0c2b9e');
    assert.equal(pastTitle(aPast({ audioUrl: 'http://deleted_by_user' }), undefined), 'Transcript 3f0c2b9e');
  });

  it('has a state', () => {
    assert.deepEqual(pastRow(aPast(), unknown, formatDate), {
      state: 'completed',
      label: 'Transcript 3f0c2b9e',
      description: '22 Nov 2026, 10:30, completed',
      detail: id,
    });
    const failed = aPast({ status: 'error', error: 'Audio duration\nis too short.', createdMs: null });
    assert.deepEqual(pastRow(failed, { ...unknown, name: 'talk.mp3' }, formatDate), {
      state: 'failed',
      label: 'talk.mp3',
      description: 'failed',
      detail: `Audio duration is too short. · ${id}`,
    });
    for (const audioUrl of ['deleted_by_user', 'http://deleted_by_user']) {
      assert.equal(
        pastRow(aPast({ audioUrl }), unknown, formatDate).description,
        '22 Nov 2026, 10:30, deleted there',
      );
    }
    const justNow = pastRow(
      aPast({ audioUrl: 'https://a.test/x.mp3' }),
      { ...unknown, isDeleted: true },
      formatDate,
    );
    assert.deepEqual([justNow.state, justNow.label], ['deleted', 'x.mp3']);
    assert.equal(
      pastRow(aPast({ status: 'queued' }), unknown, formatDate).description,
      '22 Nov 2026, 10:30, queued',
    );
    assert.equal(pastState(aPast({ status: 'dreaming' })), 'underWay');
    assert.equal(pastState(aPast({ status: 'rejected', error: 'No speech.' })), 'failed');
    assert.equal(pastState(aPast({ status: 'queued', error: 'No speech.' })), 'underWay');
    assert.equal(
      pastRow(aPast({ status: '' }), unknown, formatDate).description,
      '22 Nov 2026, 10:30, under way',
    );
  });

  it('is plain text on one line, whatever the service says', () => {
    const anyText = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.constant('$(trash)\n[x](command:y)'),
    );
    const anyPast = fc.record({
      id: anyText,
      status: fc.oneof(anyText, fc.constantFrom('completed', 'error')),
      audioUrl: anyText,
      createdMs: fc.option(fc.double({ noNaN: true })),
      error: fc.option(anyText),
    });
    fc.assert(
      fc.property(anyPast, fc.option(anyText, { nil: undefined }), (past, name) => {
        const { label, description, detail } = pastRow(past, { name, isDeleted: false }, formatDate);
        assert.notEqual(label, '');
        for (const text of [label, description, detail]) {
          assert.doesNotMatch(text, /[\n\r]|\$\(|\]\(/);
        }
      }),
    );
  });
});

/** An address with a parameter that gives access. */
function queryWith(name: string): string {
  return `https://c.test/talk.mp3?id=7&${name}=ab`;
}

describe('The address of a past transcript', () => {
  it('is shown without uploads and without secrets', () => {
    for (const url of ['https://a.test/talk.mp3?version=2', 'https://a.test/get?id=7&keyword=b&t=1#t=4']) {
      assert.equal(publicUrlOf(url), url);
    }
    for (const url of [
      upload,
      'http://127.0.0.1:8080/upload/7',
      'http://deleted_by_user',
      'https://me:secret@a.test/talk.mp3',
      'https://s3.test/talk.mp3?X-Amz-Signature=ab',
      'https://b.test/talk.mp3?se=1&sig=ab',
      ...['api_key', 'apikey', 'rlkey', 'Key-Pair-Id', 'X-Plex-Token', 'download_token'].map(queryWith),
      ...['jwt', 'client_secret', 'password', 'auth%5Ftoken', 'hdnts', 'hash'].map(queryWith),
      'file:///talk.mp3',
      'talk.mp3',
      '',
    ]) {
      assert.equal(publicUrlOf(url), undefined, url);
    }
    assert.equal(
      hostAndPathOf('https://me:secret@a.test:8080/talks/a%20b.mp3?sig=ab'),
      'a.test:8080/talks/a b.mp3',
    );
    assert.equal(hostAndPathOf(upload), undefined);
  });

  it('has the name of its file, if there is one', () => {
    assert.equal(fileNameOf('https://a.test/talks/a%20b.mp3#t=3'), 'a b.mp3');
    assert.equal(fileNameOf('https://a.test/100%.mp3'), '100%.mp3');
    assert.equal(fileNameOf('https://a.test/talks/'), undefined);
    assert.equal(fileNameOf('https://a.test'), undefined);
    assert.equal(fileOrHostOf('https://a.test'), 'a.test');
    assert.equal(fileOrHostOf(upload), undefined);
    assert.equal(fileOrHostOf('ftp://a.test/x.mp3'), undefined);
  });
});

describe('The note of a past transcript', () => {
  const created = new Date(2026, 10, 22, 9, 5);

  it('is named after the recording, or after the time', () => {
    assert.deepEqual(noteNameFor('https://a.test/wild%20fires.mp3', created), {
      fileName: 'wild fires.transcript.md',
      title: 'wild fires',
    });
    assert.deepEqual(noteNameFor(upload, created), {
      fileName: 'transcript-2026-11-22-0905.transcript.md',
      title: 'Transcript of 2026-11-22, 09:05',
    });
    assert.equal(
      noteNameFor('https://a.test/..%2F..%2Fetc%2Fpasswd', created).fileName,
      'etc-passwd.transcript.md',
    );
    assert.equal(noteNameFor('https://a.test/con.mp3', created).fileName, 'con_.transcript.md');
    assert.equal(
      noteNameFor('https://a.test/%2E%2E', created).fileName,
      'transcript-2026-11-22-0905.transcript.md',
    );
  });

  it('has a name that every file system accepts', () => {
    const anyName = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(anyName, (name) => {
        const url = `https://a.test/${encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd'))}`;
        const { fileName, title } = noteNameFor(url, created);
        assert.match(fileName, /^[^\s.-][^<>:"/\\|?*\p{Cc}]*\.transcript\.md$/u);
        assert.doesNotMatch(fileName, /\p{Surrogate}/u);
        assert.ok(Buffer.byteLength(fileName) <= 200);
        assert.notEqual(title, '');
      }),
    );
  });
});

describe('The list of past transcripts', () => {
  const page = (ids: readonly string[], olderUrl: string | null): PastPage => ({
    rows: ids.map((each) => aPast({ id: each })),
    olderUrl,
  });

  function pagesOf(pages: Readonly<Record<string, PastPage>>): PastPages {
    return new PastPages((url = 'newest') =>
      pages[url] === undefined ? Promise.reject(new Error(url)) : Promise.resolve(pages[url]),
    );
  }

  it('is read page by page, each row once', async () => {
    const pages = pagesOf({ newest: page(['c', 'b'], '/2'), '/2': page(['b', 'a'], null) });
    assert.deepEqual([pages.isFresh, pages.hasOlder], [true, true]);
    await pages.loadMore(neverAborted);
    assert.deepEqual([pages.isFresh, pages.hasOlder], [false, true]);
    await pages.loadMore(neverAborted);
    await pages.loadMore(neverAborted);
    assert.deepEqual(
      pages.rows.map((row) => row.id),
      ['c', 'b', 'a'],
    );
    assert.equal(pages.hasOlder, false);
  });

  it('has an end even if a page leads back to an earlier one', async () => {
    const pages = pagesOf({ newest: page(['c'], '/2'), '/2': page(['b'], '/3'), '/3': page(['a'], '/2') });
    for (let times = 0; times < 3; times++) {
      await pages.loadMore(neverAborted);
    }
    assert.equal(pages.hasOlder, false);
    assert.equal(pages.rows.length, 3);
  });

  it('can go on after a page that failed', async () => {
    const answers: Record<string, PastPage> = { newest: page(['b'], '/2') };
    const pages = pagesOf(answers);
    await pages.loadMore(neverAborted);
    await assert.rejects(pages.loadMore(neverAborted));
    answers['/2'] = page(['a'], null);
    await pages.loadMore(neverAborted);
    assert.equal(pages.rows.length, 2);
  });
});

describe('Deleting past transcripts', () => {
  const kept = { title: 'standup.mp3', hasNote: true };
  const lost = { title: 'talk.mp3', hasNote: false };

  it('is confirmed: what is deleted, what stays, what is lost', () => {
    const one = confirmDeletionText([kept], host);
    assert.equal(one.question, 'Delete “standup.mp3” at AssemblyAI?');
    assert.equal(
      one.detail,
      'AssemblyAI permanently deletes the text and the uploaded recording. Notes, sidecars and recordings on this machine stay.',
    );
    assert.match(
      confirmDeletionText([lost], host).detail,
      /Steno knows of no note for it on this machine, so its text will be lost\./,
    );
    const many = confirmDeletionText([kept, lost], host);
    assert.equal(many.question, 'Delete 2 transcripts at AssemblyAI?');
    assert.match(many.detail, /no note for 1 of them on this machine, .*\n\nstandup\.mp3\ntalk\.mp3$/s);
    assert.match(
      confirmDeletionText([lost, lost], 'gateway.test').detail,
      /^gateway\.test permanently deletes .* no note for any of them/s,
    );
  });

  it('is reported: what is deleted, what is not, and why', () => {
    const failure = new Failure('notDeleted', 'Read back', { transcriptId: 't-1', host });
    assert.equal(
      deletionResultText({ deleted: 1, failures: [], untried: 0, isListed: true }, host),
      'The transcript is deleted at AssemblyAI.',
    );
    assert.equal(
      deletionResultText({ deleted: 3, failures: [], untried: 0, isListed: true }, host),
      '3 transcripts are deleted at AssemblyAI.',
    );
    assert.equal(
      deletionResultText({ deleted: 1, failures: [], untried: 2, isListed: true }, host),
      'Stopped: 1 of 3 transcripts are deleted at AssemblyAI.',
    );
    assert.match(
      deletionResultText({ deleted: 2, failures: [failure], untried: 0, isListed: true }, host),
      /^1 of 3 transcripts are not deleted at AssemblyAI yet, .* AssemblyAI still has the text of transcript t-1/,
    );
    assert.match(
      deletionResultText({ deleted: 0, failures: [failure], untried: 0, isListed: true }, host),
      /^The transcript is not deleted at AssemblyAI yet/,
    );
    assert.match(
      deletionResultText({ deleted: 0, failures: [failure], untried: 0, isListed: false }, host),
      /not deleted at AssemblyAI yet, and could not be put on the list/,
    );
  });
});

describe('checkFinished', () => {
  const kindOf = (body: TranscriptBody): string => {
    try {
      checkFinished(body, host);
      return 'finished';
    } catch (thrown) {
      assert.ok(thrown instanceof Failure);
      assert.deepEqual([thrown.transcriptId, thrown.host], [id, host]);
      return thrown.kind;
    }
  };

  it('accepts only a finished transcript that still has its text', () => {
    assert.equal(kindOf({ id, status: 'completed', text: 'Hello.' }), 'finished');
    assert.equal(kindOf({ id, status: 'queued' }), 'transcriptNotReady');
    assert.equal(kindOf({ id, status: 'processing' }), 'transcriptNotReady');
    assert.equal(kindOf({ id, status: 'error', error: 'Audio duration is too short.' }), 'tooShort');
    assert.equal(kindOf({ id, status: 'error' }), 'jobFailed');
    assert.equal(kindOf({ id, status: 'completed', text: 'Deleted by user.' }), 'transcriptDeleted');
    assert.equal(
      kindOf({ id, status: 'completed', audio_url: 'http://deleted_by_user' }),
      'transcriptDeleted',
    );
  });
});
