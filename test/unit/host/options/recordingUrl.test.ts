import assert from 'node:assert/strict';
import { checkRecordingUrl } from '../../../../src/host/options/recordingUrl';

describe('checkRecordingUrl', () => {
  it('accepts a direct link, and removes blanks around it', () => {
    const url = 'https://assembly.ai/wildfires.mp3';
    assert.deepEqual(checkRecordingUrl(`  ${url}\n`), { url, hint: '' });
    const signed = 'https://bucket.s3.amazonaws.com/a%20b.mp3?X-Amz-Signature=abc';
    assert.deepEqual(checkRecordingUrl(signed), { url: signed, hint: '' });
  });

  const refused: readonly (readonly [string, RegExp])[] = [
    ['', /begins with https/],
    ['talk.mp3', /begins with https/],
    ['file:///etc/passwd', /begins with https/],
    ['data:audio/mp3;base64,AAAA', /begins with https/],
    ['ftp://example.com/talk.mp3', /begins with https/],
    ['https://user:secret@example.com/talk.mp3', /password/],
    ['https://user@example.com/talk.mp3', /password/],
    ['https://www.youtube.com/watch?v=x', /YouTube/],
    ['https://youtu.be/x', /YouTube/],
    ['https://open.spotify.com/episode/x', /Spotify/],
  ];
  for (const [text, hint] of refused) {
    it(`refuses “${text}”`, () => {
      const check = checkRecordingUrl(text);
      assert.equal(check.url, undefined);
      assert.match(check.hint, hint);
      assert.ok(!check.hint.includes('secret'));
    });
  }

  const hinted: readonly (readonly [string, RegExp])[] = [
    ['https://drive.google.com/uc?id=x', /100 MB/],
    ['https://github.com/a/b/raw/main/talk.mp3', /100 MB/],
    ['http://localhost:8000/talk.mp3', /has to reach/],
    ['http://192.168.1.7/talk.mp3', /has to reach/],
    ['http://nas/talk.mp3', /has to reach/],
    ['https://example.com/episode.html', /looks like a page/],
  ];
  for (const [text, hint] of hinted) {
    it(`accepts “${text}” with a hint`, () => {
      const check = checkRecordingUrl(text);
      assert.equal(check.url, text);
      assert.match(check.hint, hint);
    });
  }

  it('accepts other sites whose names end alike', () => {
    assert.equal(checkRecordingUrl('https://notyoutube.com/talk.mp3').hint, '');
  });
});
