import assert from 'node:assert/strict';
import { parseBaseUrl, regionBaseUrls } from '../../../src/assemblyai/baseUrl';
import { describeFailure } from '../../../src/core/failures/describeFailure';
import { Failure } from '../../../src/core/failures/failure';

describe('parseBaseUrl', () => {
  const good: readonly (readonly [text: string, origin: string, path: string])[] = [
    [regionBaseUrls.us, 'https://api.assemblyai.com', ''],
    [regionBaseUrls.eu, 'https://api.eu.assemblyai.com', ''],
    [' https://API.assemblyai.com/ ', 'https://api.assemblyai.com', ''],
    ['https://gateway.test:8443/speech//', 'https://gateway.test:8443', '/speech'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', ''],
    ['http://127.8.9.10', 'http://127.8.9.10', ''],
    ['http://localhost:3000/', 'http://localhost:3000', ''],
    ['http://[::1]:3000', 'http://[::1]:3000', ''],
  ];
  for (const [text, origin, path] of good) {
    it(`accepts ${text}`, () => {
      assert.deepEqual(parseBaseUrl(text), { origin, host: new URL(origin).host, path });
    });
  }

  const bad = [
    ...['', 'api.assemblyai.com', 'ftp://api.assemblyai.com', 'file:///etc/passwd', 'http://'],
    ...[
      'http://api.assemblyai.com',
      'http://127.0.0.1.evil.test',
      'http://localhost.evil.test',
      'http://10.0.0.1',
    ],
    ...['http://128.0.0.1', 'http://[::2]', 'https://user@host.test', 'https://user:pass@host.test'],
    ...['https://host.test?x=1', 'https://host.test/#x', 'https://host.test?'],
  ];
  for (const text of bad) {
    it(`refuses ${text}`, () => {
      assert.throws(
        () => parseBaseUrl(text),
        (thrown: unknown) =>
          thrown instanceof Failure &&
          thrown.kind === 'settings' &&
          /^The address of the service .* \(steno\.customBaseUrl\): change it/.test(
            describeFailure(thrown).sentence,
          ),
      );
    });
  }
});
