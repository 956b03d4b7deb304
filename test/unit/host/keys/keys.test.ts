import assert from 'node:assert/strict';
import { parseBaseUrl } from '../../../../src/assemblyai/baseUrl';
import { Keys } from '../../../../src/host/keys/keys';
import { SessionSecrets } from '../../../../src/host/keys/sessionSecrets';
import { HostLog } from '../../../../src/host/platform/log';
import { silentLog } from '../../../support/fakeJobs';
import { brokenStorage } from './brokenStorage';

const us = parseBaseUrl('https://api.assemblyai.com');
const eu = parseBaseUrl('https://api.eu.assemblyai.com');
const own = parseBaseUrl('https://speech.example.com');
const log = new HostLog(silentLog as unknown as ConstructorParameters<typeof HostLog>[0]);

describe('Keys, where the secret storage fails,', () => {
  const keysWith = (environment: NodeJS.ProcessEnv): Keys =>
    new Keys(new SessionSecrets(brokenStorage, silentLog), environment, log);

  it('give the key of the environment to AssemblyAI only', async () => {
    const keys = keysWith({ ASSEMBLYAI_API_KEY: ' "from-environment" ' });
    assert.equal(await keys.get(us), 'from-environment');
    assert.equal(await keys.get(eu), 'from-environment');
    assert.equal(await keys.get(own), undefined);
  });

  it('give an entered key until the window closes', async () => {
    const keys = keysWith({ ASSEMBLYAI_API_KEY: 'from-environment' });
    assert.equal(await keys.store(us.origin, 'entered'), false);
    assert.equal(await keys.get(us), 'entered');
    assert.equal(await keys.get(eu), 'from-environment');
  });

  it('say so when they cannot remove a key, which is then no longer used', async () => {
    const keys = keysWith({});
    await keys.store(us.origin, 'entered');
    await assert.rejects(keys.remove(us.origin), { kind: 'secretsUnavailable' });
    assert.equal(await keys.get(us), undefined);
  });

  it('do not say that there is no key to remove: one may be stored', async () => {
    await assert.rejects(keysWith({}).remove(us.origin), { kind: 'secretsUnavailable' });
  });
});
