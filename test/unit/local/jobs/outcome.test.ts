import assert from 'node:assert/strict';
import { readObjects, type JsonObject } from '../../../../src/core/json';
import { outcomeOf, speakerLetters, type Outcome } from '../../../../src/local/jobs/outcome';
import { textFormatter } from '../../../../src/local/jobs/textFormatter';
import type { RecognisedChannel, RecognisedWord } from '../../../../src/local/recognition/recognisedSpeech';

function word(text: string, startMs: number, endMs = startMs + 200): RecognisedWord {
  return { text, startMs, endMs, confidence: 0.8 };
}

const channel = (
  words: readonly RecognisedWord[],
  more: Partial<RecognisedChannel> = {},
): RecognisedChannel => ({
  words,
  durationMs: 10_000,
  englishConfidence: 0.9,
  ...more,
});

function resultsOf(outcome: Outcome): JsonObject {
  assert.ok('results' in outcome, JSON.stringify(outcome));
  return outcome.results;
}

const errorOf = (outcome: Outcome): string | undefined => ('error' in outcome ? outcome.error : undefined);

const of = (parameters: JsonObject, ...channels: readonly RecognisedChannel[]): Outcome =>
  outcomeOf({ channels, durationMs: 10_400 }, parameters);

describe('The outcome of a job', () => {
  it('has the text, and the words with times in whole milliseconds', () => {
    const results = resultsOf(of({}, channel([word('Did', 100.4, 300.6), word('it.', 400)])));
    assert.deepEqual(results, {
      text: 'Did it.',
      words: [
        { text: 'Did', start: 100, end: 301, confidence: 0.8, speaker: null },
        { text: 'it.', start: 400, end: 600, confidence: 0.8, speaker: null },
      ],
      utterances: null,
      confidence: 0.8,
      audio_duration: 10,
      language_code: 'en',
      language_confidence: 0.9,
      speech_model_used: 'moonshine-tiny (local)',
    });
  });

  it('is an empty text for a recording without speech', () => {
    const silent = channel([], { englishConfidence: undefined, utterances: [] });
    const results = resultsOf(of({ language_detection: true, speaker_labels: true }, silent));
    assert.deepEqual([results['text'], results['words'], results['utterances']], ['', [], []]);
    assert.equal(results['confidence'], null);
  });

  it('has the language that was set, without checking it', () => {
    const results = resultsOf(
      of({ language_code: 'en_uk' }, channel([word('x', 0)], { englishConfidence: 0.1 })),
    );
    assert.equal(results['language_code'], 'en_uk');
  });

  it('is an error if the language does not seem to be English', () => {
    const notEnglish = channel([word('x', 0)], { englishConfidence: 0.2149 });
    assert.equal(errorOf(of({}, notEnglish)), errorOf(of({ language_detection: true }, notEnglish)));
    assert.equal(
      errorOf(of({ language_detection: true }, notEnglish)),
      'The language of this recording does not seem to be English, and only English can be recognized on this machine. Use AssemblyAI for it.',
    );
  });

  it('is an error if a value is below its threshold', () => {
    const heard = channel([word('x', 0, 1000), word('y', 1400, 2000), word('z', 9000, 9500)]);
    assert.equal(
      errorOf(of({ language_detection: true, language_confidence_threshold: 0.95 }, heard)),
      "detected language 'en', confidence 0.9000, is below the requested confidence threshold value of '0.95'",
    );
    assert.equal(
      errorOf(of({ speech_threshold: 0.3 }, heard)),
      'Audio speech threshold 0.2500 is below the requested speech threshold value 0.3',
    );
    assert.equal(errorOf(of({ speech_threshold: 0.25 }, heard)), undefined);
  });

  it('has the words of all channels by time, and utterances of one channel each', () => {
    const left = channel([word('Did', 0), word('it', 300), word('pass?', 600), word('Good.', 1500)]);
    const right = channel([word('Yes.', 1000), word('Bye.', 4000), word('now.', 6000)]);
    const results = resultsOf(of({ multichannel: true }, left, right));
    assert.equal(results['audio_channels'], 2);
    assert.equal(results['text'], 'Did it pass? Yes. Good. Bye. now.');
    const utterances = readObjects(results['utterances']).map((each) => [
      each['channel'],
      each['speaker'],
      each['text'],
    ]);
    assert.deepEqual(utterances, [
      ['1', '1', 'Did it pass?'],
      ['2', '2', 'Yes.'],
      ['1', '1', 'Good.'],
      ['2', '2', 'Bye.'],
      ['2', '2', 'now.'],
    ]);
  });

  it('keeps utterances whole when channels overlap', () => {
    const left = channel([word('one', 0, 400), word('two', 410, 800), word('three', 810, 1200)]);
    const right = channel([word('uh', 200, 500), word('huh', 600, 900)]);
    const utterances = readObjects(resultsOf(of({ multichannel: true }, left, right))['utterances']);
    assert.deepEqual(
      utterances.map((each) => each['text']),
      ['one two three', 'uh huh'],
    );
  });

  it('labels the speakers within each channel', () => {
    const voices = (...speakers: readonly number[]): RecognisedChannel =>
      channel([], {
        utterances: speakers.map((speaker, index) => ({ speaker, words: [word('x', 1000 * index)] })),
      });
    const parameters = { multichannel: true, speaker_labels: true };
    const utterances = readObjects(resultsOf(of(parameters, voices(0, 1), voices(0)))['utterances']);
    assert.deepEqual(
      utterances.map((each) => each['speaker']),
      ['1A', '2A', '1B'],
    );
    assert.deepEqual([0, 25, 26, 51, 52, 701, 702].map(speakerLetters), [
      'A',
      'Z',
      'AA',
      'AZ',
      'BA',
      'ZZ',
      'AAA',
    ]);
  });
});

describe('textFormatter', () => {
  const formatted = (parameters: JsonObject, text: string): string =>
    textFormatter(parameters)(text.split(' ').map((each, index) => word(each, index * 1000)))
      .map((each) => each.text)
      .join(' ');

  it('keeps the text as it is by default', () => {
    assert.equal(
      formatted({ punctuate: true, format_text: true }, 'It’s 3.5 %, — “Yes”!'),
      'It’s 3.5 %, — “Yes”!',
    );
  });

  it('removes punctuation and capitals', () => {
    assert.equal(formatted({ punctuate: false }, 'It’s 3.5 %, — “Yes”! $5. C++.'), 'It’s 3.5 % Yes $5 C++');
    assert.equal(formatted({ format_text: false }, 'Hello, Ada.'), 'hello, ada.');
  });

  it('applies custom spellings, the longest phrase first', () => {
    const custom_spelling = [
      { from: ['sequel'], to: 'SQL' },
      { from: ['my sequel', 'Mice Equal'], to: 'MySQL' },
    ];
    assert.equal(
      formatted({ custom_spelling }, 'Sequel, (my sequel) and mice equal!'),
      'SQL, (MySQL) and MySQL!',
    );
    assert.equal(formatted({ custom_spelling, format_text: false }, 'My Sequel. OK'), 'MySQL. ok');
    const [joined] = textFormatter({ custom_spelling })([word('my', 0, 100), word('sequel', 200, 700)]);
    assert.deepEqual([joined?.startMs, joined?.endMs], [0, 700]);
  });

  it('ignores spellings of empty phrases', () => {
    assert.equal(formatted({ custom_spelling: [{ from: ['', '!'], to: 'x' }] }, 'a !'), 'a !');
  });
});
