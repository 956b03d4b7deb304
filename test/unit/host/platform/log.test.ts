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

  it('has each message on one line, whatever it quotes', () => {
    log.info('Left alone a.mp3\r\n2026-01-01 [error] Not so\u2028x\u001b[31m\u0000\u202ey');
    log.warn(`Refused: ${'x\n'.repeat(100_000)}`);
    const [first, second = ''] = written;
    assert.equal(first, 'Left alone a.mp3 2026-01-01 [error] Not so x [31m y');
    assert.equal(second.length, 10_000);
    assert.doesNotMatch(second, /\n/);
  });

  it('removes concealed secrets', () => {
    log.conceal('0123456789abcdef');
    log.error('Refused 0123456789abcdef');
    assert.deepEqual(written, ['Refused [API key]']);
  });

  it('has no part of a secret at the end of a message that is cut', () => {
    log.conceal('0123456789abcdef');
    log.error(`${'x'.repeat(9990)}0123456789abcdef`);
    log.error(`${'x'.repeat(9980)} http://me:c2VjcmV0c2VjcmV0@c.test/`);
    assert.doesNotMatch(written.join('\n'), /012|c2V/);
  });
});
