import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../../../src/core/failures/failure';
import { jobIdentity } from '../../../../src/core/jobs/job';
import {
  begunAt,
  summaryOf as summaryAt,
  type Found,
  type Summary,
} from '../../../../src/core/jobs/batchSummary';
import { aJob, anEntry, offline } from '../../../support/jobEntries';

const service = 'https://api.assemblyai.com';

const summaryOf = (found: readonly Found[], pricePerHour: number | null): Summary =>
  summaryAt(found, pricePerHour, 'example.test');

type State = Exclude<Found['state'], 'failed'>;

const found = (state: State, name = 'talk.mp3', durationSeconds: number | null = 720): Found => ({
  state,
  name,
  durationSeconds,
});
const failed = (subject: string): Found => ({
  state: 'failed',
  failure: new Failure('recordingEmpty', '', { subject }),
});

describe('summaryOf', () => {
  it('asks about one recording by its name', () => {
    assert.deepEqual(summaryOf([found('fresh')], null), {
      question: 'Transcribe talk.mp3?',
      detail:
        '1 recording, 12 min, about 1 min on this machine.\nIt goes to example.test.\n\ntalk.mp3, 12 min',
      answer: 'Transcribe',
    });
  });

  it('says what is done, what it costs and what is left out', () => {
    const { question, detail, answer } = summaryOf(
      [
        found('noted', 'noted.mp3'),
        found('transcribed', 'done.mp3'),
        failed('empty.mp3'),
        found('fresh', 'b.mp3', null),
        found('fresh', 'a.mp3', 3600),
      ],
      0.5,
    );
    assert.equal(question, 'Transcribe 2 recordings?');
    assert.equal(answer, 'Transcribe');
    assert.equal(
      detail,
      `2 recordings, at least 1 h (1 of unknown length), at least $0.50 at $0.50 an hour (steno.pricePerHour).
They go to example.test.
1 is transcribed already: only its note is written.
1 has a note already and is left out.
1 cannot be used and is left out:
The recording “empty.mp3” is empty: check that recording or copying it has finished.

b.mp3
a.mp3, 1 h
done.mp3, 12 min`,
    );
  });

  it('speaks of no price of what was submitted, and leaves out what is at work', () => {
    const { question, detail, answer } = summaryOf(
      [found('submitted', 'a.mp3'), found('submitted', 'b.mp3'), found('atWork', 'c.mp3')],
      0.5,
    );
    assert.equal(question, 'Write the notes of 2 recordings?');
    assert.equal(answer, 'Write Notes');
    assert.equal(
      detail,
      `2 were submitted already: their transcripts are only collected.
1 is at work already and is left out.

a.mp3, 12 min
b.mp3, 12 min`,
    );
    assert.equal(summaryOf([found('atWork')], 0.5).answer, undefined);
  });

  it('speaks of no price where only notes are missing', () => {
    assert.deepEqual(summaryOf([found('transcribed', 'a.mp3'), found('transcribed', 'b.mp3')], 0.5), {
      question: 'Write the notes of 2 recordings?',
      detail: '2 are transcribed already: only their notes are written.\n\na.mp3, 12 min\nb.mp3, 12 min',
      answer: 'Write Notes',
    });
    assert.equal(summaryOf([found('transcribed')], 0.5).question, 'Write the note of talk.mp3?');
  });

  it('offers nothing where nothing is left, and says why', () => {
    const { question, detail, answer } = summaryOf([found('noted'), found('noted'), failed('a.mp3')], 0.5);
    assert.equal(question, 'There is nothing left to transcribe');
    assert.match(detail, /^2 have a note already and are left out\.\n1 cannot be used and is left out:\n/);
    assert.doesNotMatch(detail, /\n$|\n\n/);
    assert.equal(answer, undefined);
  });

  it('lists ten recordings and three failures, and counts the rest', () => {
    const names = Array.from({ length: 12 }, (_, i) => `r${i}.mp3`);
    const { detail } = summaryOf(
      [...names.map((name) => found('fresh', name)), ...names.slice(0, 5).map(failed)],
      null,
    );
    assert.match(detail, /r9\.mp3, 12 min\nand 2 more$/);
    assert.match(detail, /5 cannot be used and are left out:\n(The recording .*\n){3}and 2 more\n/);
  });

  it('stays plain text whatever recordings are called', () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constant('a\nb\u202e[click](command:workbench.action.quit)'),
    );
    const state = fc.constantFrom<State>('fresh', 'transcribed', 'noted', 'submitted', 'atWork');
    fc.assert(
      fc.property(fc.array(fc.tuple(state, name), { minLength: 1, maxLength: 30 }), (all) => {
        const { question, detail } = summaryOf(
          all.map(([each, called]) => found(each, called)),
          0.5,
        );
        assert.doesNotMatch(question, /\n|\u202e|\]\(/);
        assert.doesNotMatch(detail, /\u202e|\]\(|undefined/);
        assert.ok(detail.split('\n').length <= 19);
      }),
    );
  });
});

describe('begunAt', () => {
  const left = { halt: { reason: 'left' } } as const;
  const failed = { halt: offline };
  const examples = [
    ['what waits here', anEntry('waiting'), 'atWork'],
    ['what another window submitted', anEntry('submitted', {}, { owner: 'elsewhere' }), 'atWork'],
    ['what was left to run', anEntry('submitted', left, { owner: 'nobody' }), 'submitted'],
    ['what has no note yet', anEntry('transcribed', failed, { owner: 'nobody' }), 'submitted'],
    ['what failed before it was submitted', anEntry('uploaded', failed, { owner: 'nobody' }), undefined],
    ['what waits for nobody', anEntry('waiting', {}, { owner: 'nobody' }), undefined],
    ['what is done, since its note is gone', anEntry('done', {}, { owner: 'nobody' }), undefined],
    ['what runs at another service', anEntry('submitted', { service: 'https://other.test' }), undefined],
  ] as const;
  for (const [what, entry, state] of examples) {
    it(`takes ${what} for ${state ?? 'nothing'}`, () => {
      assert.equal(begunAt(service, [entry]).get(jobIdentity(aJob().recording, service)), state);
    });
  }
});
