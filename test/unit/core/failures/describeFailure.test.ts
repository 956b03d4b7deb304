import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describeFailure } from '../../../../src/core/failures/describeFailure';
import { Failure, type FailureKind } from '../../../../src/core/failures/failure';

/** Each kind with a word that its sentence has to have. */
const words: Readonly<Record<FailureKind, RegExp>> = {
  keyMissing: /API key/,
  keyRejected: /API key.*region/,
  billing: /top it up/,
  rateLimited: /too many requests/,
  offline: /internet connection/,
  network: /network or proxy/,
  timeout: /in time/,
  proxyAuthentication: /http\.proxy/,
  certificate: /NODE_EXTRA_CA_CERTS/,
  redirected: /redirects/,
  blocked: /firewall/,
  server: /few minutes/,
  unexpectedAnswer: /login page/,
  invalidRequest: /refused the request/,
  notFound: /address/,
  uploadForbidden: /uploaded anew/,
  tooLarge: /2\.2 GB/,
  noAudioTrack: /no sound track/,
  notMedia: /no audio or video/,
  downloadFailed: /could not fetch/,
  tooShort: /160 milliseconds/,
  noSpeech: /Nobody speaks/,
  languageUncertain: /language/,
  tooLittleSpeech: /less speech/,
  jobServerError: /not billed/,
  jobFailed: /saying/,
  recordingMissing: /no longer there/,
  recordingIsFolder: /is a folder/,
  recordingUnreadable: /permissions/,
  recordingEmpty: /is empty/,
  recordingChanged: /while it was being uploaded/,
  recordingIsText: /is a text/,
  alreadyRunning: /is being transcribed already/,
  noteUnwritable: /could not be written/,
  settings: /settings/,
  cancelled: /Cancelled/,
  unexpected: /went wrong/,
};
const kinds = Object.keys(words) as FailureKind[];

const facts = fc.record({
  subject: fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }),
  status: fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
  code: fc.constantFrom(undefined, 'ECONNRESET'),
  transcriptId: fc.constantFrom(undefined, 'id-1'),
  retryAfterMs: fc.option(fc.nat(), { nil: undefined }),
});

describe('describeFailure', () => {
  for (const kind of kinds) {
    it(`says in one sentence what ${kind} is`, () => {
      const { sentence } = describeFailure(new Failure(kind, 'Vendor says so.'));
      assert.match(sentence, words[kind]);
      assert.match(sentence, /^[A-Z“][^]*\.$/);
      assert.ok(sentence.length < 220, `${sentence.length} characters`);
      assert.doesNotMatch(sentence, /undefined|\.\.|[.!?] [A-Z]/);
    });
  }

  it('stays one line of plain text whatever the other side said', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constant('<html><body onload="x()">502\n<script>steal()</script></body></html>'),
      fc.constant('a\u0000b\u202ec\r\nd'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...kinds), hostile, facts, (kind, message, more) => {
        const { sentence } = describeFailure(new Failure(kind, message, more));
        assert.doesNotMatch(sentence, /[\p{Cc}\p{Zl}\p{Zp}\u202e]|<script|<html|undefined/u);
        assert.ok(sentence.length < 700);
      }),
    );
  });

  it('names subject, status, code, transcript and the time to wait', () => {
    const say = (kind: FailureKind, more: ConstructorParameters<typeof Failure>[2]): string =>
      describeFailure(new Failure(kind, 'Words', more)).sentence;
    assert.match(
      say('offline', { subject: 'api.assemblyai.com' }),
      /^api\.assemblyai\.com cannot be reached/,
    );
    assert.match(say('server', { status: 503 }), /\(HTTP 503\)/);
    assert.match(say('network', { code: 'ECONNRESET' }), /\(ECONNRESET\)/);
    assert.match(say('notFound', { transcriptId: 'id-1' }), /no transcript id-1/);
    assert.match(say('rateLimited', { status: 429, retryAfterMs: 30_000 }), /in 30 seconds/);
    assert.match(say('rateLimited', { status: 429, retryAfterMs: 150_000 }), /in 3 minutes/);
    assert.match(say('rateLimited', { status: 429 }), /in a few minutes/);
    assert.match(say('rateLimited', { status: 403 }), /what your API key may do/);
    assert.match(say('recordingEmpty', { subject: 'talk.mp3' }), /^The recording “talk\.mp3” is empty/);
    assert.match(
      say('noteUnwritable', { subject: '/notes/talk.md', code: 'EACCES' }),
      /“\/notes\/talk\.md”.*\(EACCES\)/,
    );
  });

  it('cuts long words of the vendor', () => {
    const { sentence } = describeFailure(new Failure('invalidRequest', 'x'.repeat(5000), { status: 400 }));
    assert.ok(sentence.length < 300);
    assert.match(sentence, /x…”/);
  });

  it('offers a new key only where the key is the matter', () => {
    const offering = kinds.filter((kind) =>
      describeFailure(new Failure(kind, '')).remedies.includes('setApiKey'),
    );
    assert.deepEqual(offering, ['keyMissing', 'keyRejected']);
  });
});
