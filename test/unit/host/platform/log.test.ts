import assert from 'node:assert/strict';
import { jobFailure } from '../../../../src/core/failures/jobFailure';
import { HostLog } from '../../../../src/host/platform/log';

const written: string[] = [];
const write = (message: string): void => void written.push(message);
const channel = { debug: write, info: write, warn: write, error: write };
const log = new HostLog(channel as unknown as ConstructorParameters<typeof HostLog>[0]);

beforeEach(() => written.splice(0));

describe('HostLog', () => {
  it('removes secrets from links', () => {
    const link = 'https://b.test/a.mp3?X-Amz-Signature=c2VjcmV0#t=1';
    log.error(jobFailure(`Download error, unable to download ${link}`, 'id-1').message);
    log.warn(`Not at <${link}>, "http://me:c2VjcmV0@c.test:8080" or (https://d.test/?token=c2VjcmV0)`);
    log.debug('GET /v2/transcript?limit=1: 200 in 3 ms');
    assert.deepEqual(written, [
      'Download error, unable to download https://b.test/a.mp3',
      'Not at <https://b.test/a.mp3>, "http://c.test:8080" or (https://d.test/',
      'GET /v2/transcript?limit=1: 200 in 3 ms',
    ]);
  });

  it('removes concealed secrets', () => {
    log.conceal('0123456789abcdef');
    log.error('Refused 0123456789abcdef');
    assert.deepEqual(written, ['Refused [API key]']);
  });
});
