import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../../../src/core/failures/failure';
import {
  summaryOf as summaryAt,
  type ChosenRecording,
  type Summary,
} from '../../../../src/core/jobs/batchSummary';

const summaryOf = (chosen: readonly ChosenRecording[], pricePerHour: number | null): Summary =>
  summaryAt(chosen, pricePerHour, 'example.test');

type State = Exclude<ChosenRecording['state'], 'failed'>;

const chosen = (state: State, name = 'talk.mp3', durationSeconds: number | null = 720): ChosenRecording => ({
  state,
  name,
  durationSeconds,
});
const failed = (subject: string): ChosenRecording => ({
  state: 'failed',
  failure: new Failure('recordingEmpty', '', { subject }),
});

describe('summaryOf', () => {
  it('asks about one recording by its name', () => {
    assert.deepEqual(summaryOf([chosen('fresh')], null), {
      question: 'Transcribe talk.mp3?',
      detail:
        '1 recording, 12 min, about 1 min on this machine.\nIt goes to example.test.\n\ntalk.mp3, 12 min',
      answer: 'Transcribe',
    });
  });

  it('says what will be done, what it costs and what is left out', () => {
    const { question, detail, answer } = summaryOf(
      [
        chosen('hasNote', 'noted.mp3'),
        chosen('transcribed', 'done.mp3'),
        failed('empty.mp3'),
        chosen('fresh', 'b.mp3', null),
        chosen('fresh', 'a.mp3', 3600),
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

  it('gives no price for submitted recordings, and leaves out those that are at work', () => {
    const { question, detail, answer } = summaryOf(
      [chosen('submitted', 'a.mp3'), chosen('submitted', 'b.mp3'), chosen('atWork', 'c.mp3')],
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
    assert.equal(summaryOf([chosen('atWork')], 0.5).answer, undefined);
  });

  it('gives no price where only notes are missing', () => {
    assert.deepEqual(summaryOf([chosen('transcribed', 'a.mp3'), chosen('transcribed', 'b.mp3')], 0.5), {
      question: 'Write the notes of 2 recordings?',
      detail: '2 are transcribed already: only their notes are written.\n\na.mp3, 12 min\nb.mp3, 12 min',
      answer: 'Write Notes',
    });
    assert.equal(summaryOf([chosen('transcribed')], 0.5).question, 'Write the note of talk.mp3?');
  });

  it('offers nothing where there is nothing to do, and says why', () => {
    const { question, detail, answer } = summaryOf(
      [chosen('hasNote'), chosen('hasNote'), failed('a.mp3')],
      0.5,
    );
    assert.equal(question, 'There is nothing left to transcribe');
    assert.match(detail, /^2 have a note already and are left out\.\n1 cannot be used and is left out:\n/);
    assert.doesNotMatch(detail, /\n$|\n\n/);
    assert.equal(answer, undefined);
  });

  it('lists ten recordings and three failures, and counts the rest', () => {
    const names = Array.from({ length: 12 }, (_, i) => `r${i}.mp3`);
    const { detail } = summaryOf(
      [...names.map((name) => chosen('fresh', name)), ...names.slice(0, 5).map(failed)],
      null,
    );
    assert.match(detail, /r9\.mp3, 12 min\nand 2 more$/);
    assert.match(detail, /5 cannot be used and are left out:\n(The recording .*\n){3}and 2 more\n/);
  });

  it('is plain text, whatever the names of the recordings', () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constant('a\nb\u202e[click](command:workbench.action.quit)'),
    );
    const state = fc.constantFrom<State>('fresh', 'transcribed', 'hasNote', 'submitted', 'atWork');
    fc.assert(
      fc.property(fc.array(fc.tuple(state, name), { minLength: 1, maxLength: 30 }), (all) => {
        const { question, detail } = summaryOf(
          all.map(([each, called]) => chosen(each, called)),
          0.5,
        );
        assert.doesNotMatch(question, /\n|\u202e|\]\(/);
        assert.doesNotMatch(detail, /\u202e|\]\(|undefined/);
        assert.ok(detail.split('\n').length <= 19);
      }),
    );
  });
});
