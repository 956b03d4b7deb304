import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describeFailure } from '../../../../src/core/failures/describeFailure';
import { Failure, speechServerHost, type FailureKind } from '../../../../src/core/failures/failure';

/** Each kind with a word that its sentence has to have. */
const words: Readonly<Record<FailureKind, RegExp>> = {
  keyMissing: /API key/,
  keyRejected: /API key.*region/,
  otherServer: /choose that one again/,
  billing: /top it up/,
  rateLimited: /too many requests/,
  offline: /internet connection/,
  network: /network or proxy/,
  timeout: /in time/,
  uploadUnanswered: /sent whole.*did not confirm/,
  proxyAuthentication: /http\.proxy/,
  certificate: /NODE_EXTRA_CA_CERTS/,
  redirected: /redirects/,
  blocked: /firewall/,
  server: /few minutes/,
  unexpectedAnswer: /login page/,
  answerTooLarge: /larger than Steno reads/,
  invalidRequest: /refused the request/,
  notFound: /address/,
  uploadForbidden: /new upload/,
  tooLarge: /2\.2 GB/,
  tooLargeForProxy: /proxy or firewall.*2\.2 GB/,
  paidAccountNeeded: /paid accounts only/,
  gatewayMissing: /no language models/,
  modelRefused: /choose another model/,
  optionsRefused: /Nothing was sent.*need a change/,
  webhookSecretMissing: /Nothing was sent.*set it once/,
  transcriptNotReady: /not finished/,
  transcriptDeleted: /no longer has/,
  notDeleted: /still has the text/,
  noAudioTrack: /no sound track/,
  notMedia: /not an audio or video/,
  downloadFailed: /could not fetch/,
  noRecordingAtUrl: /direct link/,
  tooShort: /160 milliseconds/,
  noSpeech: /No speech was found/,
  languageUncertain: /language/,
  tooLittleSpeech: /less speech/,
  jobServerError: /not billed/,
  jobFailed: /saying/,
  localServerFailed: /on this machine could not be started/,
  beyondLocal: /cannot be transcribed: /,
  recordingMissing: /no longer there/,
  recordingIsFolder: /is a folder/,
  recordingLinkBroken: /is a link to a file that does not exist/,
  notOnDisk: /copy it into a folder/,
  recordingUnreadable: /is not a regular file: choose/,
  recordingEmpty: /is empty/,
  recordingRefused: /was not sent/,
  askedOtherwise: /with other options/,
  recordingChanged: /while it was being uploaded/,
  recordingIsText: /is a text file/,
  alreadyRunning: /wait for its note, or answer its question/,
  interrupted: /has to start over/,
  journalUnwritable: /nothing was submitted/,
  takenOver: /Another window/,
  recordingGone: /no longer where it was.*written without it/,
  recordingReplaced: /has changed since it was transcribed/,
  sidecarUnwritable: /could not be saved beside it/,
  noteUnwritable: /could not be written/,
  editRefused: /read-only/,
  fileUnwritable: /free space/,
  settings: /settings/,
  secretsUnavailable: /secret storage.*keyring/,
  cancelled: /Cancelled/,
  cancelledWhileSubmitting: /could not see whether/,
  unexpected: /unexpected happened/,
};
const kinds = Object.keys(words) as FailureKind[];

const facts = fc.record({
  subject: fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }),
  host: fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }),
  status: fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
  code: fc.constantFrom(undefined, 'ECONNRESET'),
  transcriptId: fc.constantFrom(undefined, 'id-1'),
  keptAt: fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }),
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

  it('is one line of plain text, whatever the service sent', () => {
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
    assert.match(say('server', { status: 503 }), /\(HTTP 503\)/);
    assert.match(say('network', { code: 'ECONNRESET' }), /\(ECONNRESET\)/);
    assert.match(say('certificate', { code: 'CERT_NOT_YET_VALID' }), /computer’s clock.*not valid yet.*date/);
    assert.match(say('certificate', { code: 'CERT_HAS_EXPIRED' }), /computer’s clock.*no longer valid.*date/);
    assert.match(
      say('unexpectedAnswer', { transcriptId: 'id-1' }),
      /about transcript id-1 makes no sense.*not lost/,
    );
    assert.match(say('notFound', { transcriptId: 'id-1' }), /no transcript id-1.*another key or region/);
    assert.match(say('rateLimited', { status: 429, retryAfterMs: 30_000 }), /in 30 seconds/);
    assert.match(say('rateLimited', { status: 429, retryAfterMs: 150_000 }), /in 3 minutes/);
    assert.match(say('rateLimited', { status: 429 }), /in a few minutes/);
    assert.match(say('rateLimited', { status: 403 }), /what your API key is allowed to do/);
    assert.match(say('recordingEmpty', { subject: 'talk.mp3' }), /^The recording “talk\.mp3” is empty/);
    assert.match(
      say('noteUnwritable', { subject: '/notes/talk.md', code: 'EACCES' }),
      /“\/notes\/talk\.md”.*\(EACCES\)/,
    );
    assert.equal(
      say('alreadyRunning', { subject: 'talk.mp3' }),
      'Steno is already working on “talk.mp3”: wait for its note, or answer its question if there is one.',
    );
    assert.match(say('recordingUnreadable', { subject: 'pipe' }), /^“pipe” is not a regular file: choose/);
    assert.match(
      say('recordingUnreadable', { subject: 'talk.mp3', code: 'EIO' }),
      /^The recording “talk\.mp3” cannot be read \(EIO\): check its permissions/,
    );
  });

  describe('names the service', () => {
    /** Kinds of failures at AssemblyAI or a server in its place. */
    const ofService = kinds.filter((kind) =>
      describeFailure(new Failure(kind, 'Words', { status: 400 })).sentence.includes('AssemblyAI'),
    );

    it('in all sentences about it', () => {
      for (const kind of ['keyRejected', 'billing', 'rateLimited', 'invalidRequest', 'tooLarge'] as const) {
        assert.ok(ofService.includes(kind), kind);
      }
    });

    for (const kind of ofService) {
      it(`in ${kind}: by its host, unless that is AssemblyAI’s`, () => {
        const say = (host?: string): string =>
          describeFailure(new Failure(kind, 'Words', { host, status: 400, transcriptId: 'id-1' })).sentence;
        const plain = say();
        assert.equal(say('api.assemblyai.com'), plain);
        assert.equal(say('api.eu.assemblyai.com'), plain);
        const other = say('speech.example.com:8443');
        assert.match(other, /speech\.example\.com:8443/);
        assert.doesNotMatch(other, /AssemblyAI/);
      });
    }

    it('beside the recording', () => {
      const facts = { subject: 'talk.mp3', host: 'speech.example.com', status: 413 };
      assert.equal(
        describeFailure(new Failure('tooLarge', '', facts)).sentence,
        'The recording “talk.mp3” is too large (HTTP 413): speech.example.com does not accept files of that size, so export only the sound, or split it.',
      );
    });
  });

  it('says where a setting or a variable is to be changed', () => {
    const say = (subject: string | undefined): string =>
      describeFailure(new Failure('settings', 'Steno can use only http and https proxies', { subject }))
        .sentence;
    assert.equal(
      say('http.proxy'),
      'Steno can use only http and https proxies (http.proxy): change it in the settings.',
    );
    assert.equal(
      say('HTTPS_PROXY'),
      'Steno can use only http and https proxies (HTTPS_PROXY): change that environment variable, or set http.proxy in the settings.',
    );
    assert.doesNotMatch(say(''), /\(/);
  });

  it('mentions a kept transcript only if there is one, and says where', () => {
    for (const kind of [
      'noteUnwritable',
      'sidecarUnwritable',
      'recordingGone',
      'recordingReplaced',
    ] as const) {
      const say = (transcriptId?: string, keptAt?: string): string =>
        describeFailure(new Failure(kind, '', { transcriptId, keptAt })).sentence;
      assert.doesNotMatch(say(), /not lost|kept/);
      assert.match(say('id-1'), /; the transcript is not lost\.$/);
      const place = `/home/${'x'.repeat(200)}/jobs/transcripts/1.json`;
      assert.ok(say('id-1', place).endsWith(`; the transcript is kept in ${place}.`));
    }
  });

  it('offers the note without its recording only if that is missing or replaced', () => {
    const offering = kinds.filter((kind) =>
      describeFailure(new Failure(kind, '')).remedies.includes('writeNoteAnyway'),
    );
    assert.deepEqual(offering, ['recordingGone', 'recordingReplaced']);
  });

  it('says that a name is too long, and offers another folder wherever the place never takes the file', () => {
    for (const kind of ['noteUnwritable', 'sidecarUnwritable', 'fileUnwritable'] as const) {
      const describe = (code: string): ReturnType<typeof describeFailure> =>
        describeFailure(new Failure(kind, '', { code, subject: 'talk.mp3' }));
      assert.match(describe('ENAMETOOLONG').sentence, /the name is too long for this place/);
      assert.doesNotMatch(describe('ENAMETOOLONG').sentence, /permissions|free space/);
      assert.match(describe('ENOSPC').sentence, /free space/);
      for (const code of ['ENAMETOOLONG', 'EACCES', 'EPERM', 'EROFS', 'EEXIST', 'ENOTDIR', 'EISDIR']) {
        assert.deepEqual(describe(code).remedies, ['saveElsewhere', 'retry', 'showLog'], code);
      }
      assert.deepEqual(describe('ENOSPC').remedies, ['retry', 'showLog']);
    }
    const unreadable = describeFailure(new Failure('recordingUnreadable', '', { code: 'ENAMETOOLONG' }));
    assert.match(unreadable.sentence, /too long, so rename or move it/);
    assert.deepEqual(unreadable.remedies, []);
  });

  it('says whether a file exists already or cannot be written', () => {
    const say = (code: string): string =>
      describeFailure(new Failure('fileUnwritable', '', { code, subject: 'talk.mp3' })).sentence;
    assert.match(
      say('EEXIST'),
      /^“talk\.mp3” already exists, and Steno does not overwrite files: move it away/,
    );
    assert.match(say('ENOSPC'), /^“talk\.mp3” could not be written \(ENOSPC\)/);
  });

  it('makes one sentence of several problems of options', () => {
    const problems = [
      'redact_pii has to be true or false.',
      'redact_pii_sub needs redact_pii.',
      'AssemblyAI refuses speech_model. Use speech_models.',
    ];
    assert.equal(
      describeFailure(new Failure('optionsRefused', problems.join(' '), { subject: 'Broken' })).sentence,
      'Nothing was sent, since the options (Broken) need a change: redact_pii has to be true or false; ' +
        'redact_pii_sub needs redact_pii; AssemblyAI refuses speech_model; use speech_models.',
    );
  });

  it('says what to do about several problems of options', () => {
    const wayOut = 'redact_pii needs redact_pii_policies: what is to be replaced, such as ["person_name"].';
    const problems = [
      'speaker_labels must be true or false.',
      'language_code and language_detection exclude each other: either name the language, or have it found.',
      wayOut,
    ];
    const { sentence } = describeFailure(new Failure('optionsRefused', problems.join(' ')));
    assert.ok(sentence.endsWith(wayOut), sentence);
  });

  it('contains no links, whatever the message is', () => {
    const link = '[click](command:workbench.action.quit) [a](https://example.test) [b](file:///etc) ]';
    for (const kind of kinds) {
      for (const facts of [{ subject: link }, { host: link }, { code: link }, {}]) {
        const { sentence } = describeFailure(new Failure(kind, link, { ...facts, transcriptId: 'id-1' }));
        assert.doesNotMatch(sentence, /\]\(/, kind);
      }
    }
  });

  it('cuts long messages of the service', () => {
    const { sentence } = describeFailure(new Failure('invalidRequest', 'x'.repeat(5000), { status: 400 }));
    assert.ok(sentence.length < 300);
    assert.match(sentence, /x…”/);
  });

  it('mentions no network, key, price or upload for the server on this machine', () => {
    const ofAccountsAndProxies = [
      ...['keyMissing', 'paidAccountNeeded', 'proxyAuthentication', 'settings', 'cancelled'],
    ];
    for (const kind of kinds.filter((each) => !ofAccountsAndProxies.includes(each))) {
      for (const transcriptId of [undefined, 'id-1']) {
        const failure = new Failure(kind, 'Words', { host: speechServerHost, transcriptId, status: 400 });
        const { sentence, remedies } = describeFailure(failure);
        assert.doesNotMatch(
          sentence,
          /AssemblyAI|internet|network|prox|API key|bill|balance|upload|CA_/i,
          kind,
        );
        assert.match(sentence, /^[A-Z“][^]*\.$/);
        assert.ok(!remedies.includes('setApiKey') && !remedies.includes('openBilling'), kind);
      }
    }
  });

  it('offers a new key only where the key is the matter', () => {
    const offering = kinds.filter((kind) =>
      describeFailure(new Failure(kind, '')).remedies.includes('setApiKey'),
    );
    assert.deepEqual(offering, ['keyMissing', 'keyRejected']);
    assert.deepEqual(describeFailure(new Failure('keyRejected', '')).remedies, [
      'setApiKey',
      'retry',
      'openSettings',
    ]);
  });

  it('offers to read a recording again only where reading failed', () => {
    const remedies = (code?: string): readonly string[] =>
      describeFailure(new Failure('recordingUnreadable', '', { code })).remedies;
    assert.deepEqual(remedies('EIO'), ['retry']);
    assert.deepEqual(remedies(), []);
  });
});
