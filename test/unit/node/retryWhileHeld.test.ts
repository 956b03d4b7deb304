import assert from 'node:assert/strict';
import { retryWhileHeld } from '../../../src/node/retryWhileHeld';

const error = (code: string): Error => Object.assign(new Error(code), { code });

describe('retryWhileHeld', () => {
  /** How many tries it takes when the first ones fail with a code. */
  async function triesOf(failures: number, code: string): Promise<number> {
    let tries = 0;
    await retryWhileHeld(() => (++tries > failures ? Promise.resolve() : Promise.reject(error(code))), 0);
    return tries;
  }

  it('tries again while another program holds the file, but not for ever', async () => {
    for (const code of ['EACCES', 'EBUSY', 'EPERM']) {
      assert.equal(await triesOf(3, code), 4);
    }
    await assert.rejects(triesOf(Infinity, 'EBUSY'), { code: 'EBUSY' });
  });

  it('does not try again after any other error', async () => {
    await assert.rejects(triesOf(1, 'ENOSPC'), { code: 'ENOSPC' });
    assert.equal(await triesOf(0, ''), 1);
  });
});
