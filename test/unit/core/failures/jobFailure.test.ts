import assert from 'node:assert/strict';
import { describeFailure } from '../../../../src/core/failures/describeFailure';
import type { FailureKind } from '../../../../src/core/failures/failure';
import { jobFailure } from '../../../../src/core/failures/jobFailure';

/** Texts that AssemblyAI is known to put into `error`, what they are, and what the user reads. */
const rows: readonly (readonly [error: string, kind: FailureKind, sentence: RegExp])[] = [
  [
    'File does not appear to contain audio. File type is text/html (HTML document, ASCII text).',
    'notMedia',
    /“talk\.mp3” is not an audio or video file that AssemblyAI can read/,
  ],
  [
    'Transcoding failed. File does not appear to contain audio. File type is text/html (HTML document).',
    'notMedia',
    /check that it plays/,
  ],
  ['Transcoding failed. File type application/json', 'notMedia', /not an audio or video/],
  ['Transcoding failed. File type text/plain', 'notMedia', /not an audio or video/],
  [
    'File does not appear to contain audio. File type is video/mp4 (ISO Media, MP4 Base Media v1).',
    'noAudioTrack',
    /“talk\.mp3” has no sound track/,
  ],
  [
    'Download error, unable to download https://cdn.assemblyai.com/upload/1. Please make sure the file exists and is accessible from the internet.',
    'downloadFailed',
    /could not fetch the recording/,
  ],
  ['Download error, unable to access file at https://example.com/a.mp3', 'downloadFailed', /try again/],
  [
    'Download error to https://example.com/a.mp3, 403 Client Error: Forbidden for url: https://example.com/a.mp3',
    'downloadFailed',
    /new upload/,
  ],
  [
    'Transcoding failed. File does not appear to contain audio. File type is video/* (a video without a sound track).',
    'noAudioTrack',
    /“talk\.mp3” has no sound track/,
  ],
  ['Audio duration is too short.', 'tooShort', /at least 160 milliseconds/],
  [
    'language_detection cannot be performed on files with no spoken audio.',
    'noSpeech',
    /No speech was found in “talk\.mp3”/,
  ],
  [
    "detected language 'bg', confidence 0.2949, is below the requested confidence threshold value of '0.4'",
    'languageUncertain',
    /not sure enough which language/,
  ],
  [
    'Audio speech threshold 0.9461 is below the requested speech threshold value 1.0',
    'tooLittleSpeech',
    /less speech than required/,
  ],
  ['Server error, developers have been alerted', 'jobServerError', /an internal error/],
  ['Server error, developers have been alerted.', 'jobServerError', /not billed/],
  [
    'ALAC sound cannot be decoded on this machine. Use AssemblyAI for it.',
    'beyondLocal',
    /“talk\.mp3” cannot be transcribed: ALAC sound cannot be decoded on this machine; use AssemblyAI for it/,
  ],
  ['The moon was in the way', 'jobFailed', /saying “The moon was in the way”/],
];

describe('jobFailure', () => {
  for (const [error, kind, sentence] of rows) {
    it(`${kind}: ${error.slice(0, 60)}`, () => {
      const failure = jobFailure(error, 'id-1', 'talk.mp3');
      assert.equal(failure.kind, kind);
      assert.equal(failure.transcriptId, 'id-1');
      assert.match(describeFailure(failure).sentence, sentence);
      assert.match(describeFailure(failure).sentence, /id-1/);
      assert.equal(jobFailure(error.toUpperCase(), 'id-1').kind, kind, 'in capitals');
      assert.equal(jobFailure(`Oh no: ${error}\n`, 'id-1').kind, kind, 'with a prefix');
    });
  }

  it('knows the status of a download that was refused', () => {
    assert.equal(jobFailure('Download error to u, 403 Client Error: Forbidden', 'id').status, 403);
    assert.equal(jobFailure('Download error to u, 503 Server Error: Busy', 'id').kind, 'downloadFailed');
    assert.equal(jobFailure('Download error, unable to access file at u', 'id').status, undefined);
  });

  for (const error of [undefined, null, 42, '', '  ']) {
    it(`finds no reason in ${JSON.stringify(error)}`, () => {
      const failure = jobFailure(error, 'id-1');
      assert.equal(failure.kind, 'jobFailed');
      assert.match(describeFailure(failure).sentence, /gave no reason/);
    });
  }
});
