import assert from 'node:assert/strict';
import fc from 'fast-check';
import { webRecordingName } from '../../../../src/core/recordings/webRecordingName';

describe('The name of a recording on the web', () => {
  for (const [address, name] of [
    ['https://example.test/talks/talk.mp3', 'talk.mp3'],
    ['https://example.test/talks/talk%20one.mp3?token=secret#t=5', 'talk one.mp3'],
    ['https://example.test/a/..%2F..%2Fetc%2Fpasswd', 'etc-passwd'],
    ['https://example.test/%E0%A4%A', 'E0%A4%A'],
    ['https://example.test/', 'example.test'],
    ['https://example.test/.hidden', 'hidden'],
    ['https://example.test/CON:a|b?.mp3', 'CON-a-b'],
    ['talk.mp3', 'recording'],
  ] as const) {
    it(`is ${name} of ${address}`, () => {
      assert.equal(webRecordingName(address), name.replace(/^E0/, '%E0'));
    });
  }

  it('is always a file name without a path', () => {
    const address = fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.string({ unit: 'binary' }).map((path) => `https://example.test/${path}`),
      fc.string(),
    );
    fc.assert(
      fc.property(address, (text) => {
        const name = webRecordingName(text);
        assert.match(name, /^[^.\s/\\:*?"<>|\p{Cc}][^/\\:*?"<>|\p{Cc}]*$/u);
        assert.doesNotMatch(name, /[.\s]$/);
        assert.ok(Buffer.byteLength(name) <= 96);
      }),
    );
  });
});
