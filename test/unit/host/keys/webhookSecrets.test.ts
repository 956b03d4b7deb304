import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/failures/failure';
import { SessionSecrets } from '../../../../src/host/keys/sessionSecrets';
import { webhookHostIn, WebhookSecrets } from '../../../../src/host/keys/webhookSecrets';
import { HostLog } from '../../../../src/host/platform/log';
import { silentLog } from '../../../support/fakeJobs';
import { brokenStorage } from './brokenStorage';

const value = 'b7c1f0a2d4e6';
const webhook = { url: 'https://hooks.test/transcripts?team=1', header: 'X-Token' };
const options = {
  speaker_labels: true,
  webhook_url: webhook.url,
  webhook_auth_header_name: webhook.header,
};

interface World {
  readonly secrets: WebhookSecrets;
  readonly stored: ReadonlyMap<string, string>;
  readonly logged: readonly string[];
  readonly log: HostLog;
}

function createWorld(stored = new Map<string, string>()): World {
  const logged: string[] = [];
  const write = (message: string): void => void logged.push(message);
  const channel = { debug: write, info: write, warn: write, error: write };
  const log = new HostLog(channel as unknown as ConstructorParameters<typeof HostLog>[0]);
  const storage = {
    get: (name: string) => Promise.resolve(stored.get(name)),
    store: (name: string, text: string) => Promise.resolve(void stored.set(name, text)),
    delete: (name: string) => Promise.resolve(void stored.delete(name)),
  };
  const secrets = new WebhookSecrets(new SessionSecrets(storage, log), log);
  return { secrets, stored, logged, log };
}

const isMissingSecret = (thrown: unknown): boolean =>
  thrown instanceof Failure && thrown.kind === 'webhookSecretMissing' && thrown.subject === 'hooks.test';

describe('WebhookSecrets', () => {
  it('adds the value to options that name the header', async () => {
    const { secrets } = createWorld();
    await secrets.store(webhook, value);
    assert.equal(await secrets.isMissing(options), false);
    assert.deepEqual(await secrets.addTo(options), { ...options, webhook_auth_header_value: value });
  });

  it('leaves options alone that name no header', async () => {
    const { secrets } = createWorld();
    await secrets.store(webhook, value);
    for (const others of [{}, { webhook_url: webhook.url }, { ...options, webhook_auth_header_name: null }]) {
      assert.equal(await secrets.isMissing(others), false);
      assert.deepEqual(await secrets.addTo(others), others);
    }
  });

  it('gives a value to its address and header only', async () => {
    const { secrets } = createWorld();
    await secrets.store(webhook, value);
    const elsewhere = [
      { ...options, webhook_url: 'https://evil.test/transcripts' },
      { ...options, webhook_url: 'https://hooks.test.evil.test/' },
      { ...options, webhook_url: 'https://hooks.test:8443/transcripts' },
      { ...options, webhook_url: 'http://hooks.test/transcripts' },
      { ...options, webhook_url: 'https://hooks.test@evil.test/transcripts' },
      { ...options, webhook_url: 'https://hooks.test/other?team=1' },
      { ...options, webhook_url: 'https://hooks.test/transcripts?team=2' },
      { ...options, webhook_url: 'https://hooks.test/transcripts' },
      { ...options, webhook_url: 'other:hooks' },
      { ...options, webhook_auth_header_name: 'X-Other' },
    ];
    for (const each of elsewhere) {
      assert.equal(await secrets.isMissing(each), true, each.webhook_url);
      await assert.rejects(secrets.addTo(each), { kind: 'webhookSecretMissing' });
    }
    const spelled = {
      ...options,
      webhook_url: 'HTTPS://HOOKS.test:443/a/../transcripts?team=1',
      webhook_auth_header_name: 'x-token',
    };
    assert.equal((await secrets.addTo(spelled))['webhook_auth_header_value'], value);
  });

  it('does not mix up addresses that have no server', async () => {
    const { secrets } = createWorld();
    await secrets.store({ url: 'one:a', header: 'X' }, value);
    assert.equal(await secrets.isMissing({ webhook_url: 'other:b', webhook_auth_header_name: 'X' }), true);
  });

  it('sends the address as Steno understands it', async () => {
    const { secrets } = createWorld();
    await secrets.store({ ...webhook, url: 'https://hooks.test/@evil.test/x' }, value);
    for (const written of ['https://HOOKS.test\\@evil.test/x', 'https://hooks.test/a/../@evil.test/x']) {
      const sent = await secrets.addTo({ ...options, webhook_url: written });
      assert.equal(sent['webhook_url'], 'https://hooks.test/@evil.test/x');
    }
    assert.deepEqual(await secrets.addTo({ webhook_url: 'HTTPS://hooks.test' }), {
      webhook_url: 'https://hooks.test/',
    });
    assert.deepEqual(await secrets.addTo({ webhook_url: 'nowhere' }), { webhook_url: 'nowhere' });
    assert.equal(webhookHostIn({ webhook_url: 'https://hooks.test\\@evil.test' }), 'hooks.test');
    assert.equal(webhookHostIn({ webhook_url: 'nowhere' }), 'nowhere');
    assert.equal(webhookHostIn({}), undefined);
  });

  it('keeps what two windows store at once', async () => {
    const stored = new Map<string, string>();
    const [here, elsewhere] = [createWorld(stored).secrets, createWorld(stored).secrets];
    const other = { ...options, webhook_auth_header_name: 'X-Other' };
    await Promise.all([
      here.store(webhook, value),
      elsewhere.store({ ...webhook, header: 'X-Other' }, 'another'),
    ]);
    assert.equal((await here.addTo(options))['webhook_auth_header_value'], value);
    assert.equal((await here.addTo(other))['webhook_auth_header_value'], 'another');
    assert.deepEqual(await here.names(), [
      'https://hooks.test/transcripts?team=1 x-other',
      'https://hooks.test/transcripts?team=1 x-token',
    ]);
  });

  it('copes with a damaged list', async () => {
    for (const damaged of ['{"half', '{}', '[1]']) {
      const stored = new Map<string, string>();
      const { secrets } = createWorld(stored);
      await secrets.store(webhook, value);
      for (const [name, text] of stored) {
        stored.set(name, text.startsWith('[') ? damaged : text);
      }
      assert.deepEqual(await secrets.names(), []);
      assert.equal((await secrets.addTo(options))['webhook_auth_header_value'], value);
      assert.deepEqual(await secrets.names(), ['https://hooks.test/transcripts?team=1 x-token']);
    }
  });

  it('says which value is missing', async () => {
    await assert.rejects(createWorld().secrets.addTo(options), isMissingSecret);
  });

  it('removes one value and keeps the others', async () => {
    const { secrets, stored } = createWorld();
    await secrets.store(webhook, value);
    await secrets.store({ ...webhook, header: 'X-Other' }, 'another');
    assert.deepEqual(await secrets.names(), [
      'https://hooks.test/transcripts?team=1 x-other',
      'https://hooks.test/transcripts?team=1 x-token',
    ]);
    await secrets.remove('https://hooks.test/transcripts?team=1 x-token');
    assert.deepEqual(await secrets.names(), ['https://hooks.test/transcripts?team=1 x-other']);
    await secrets.remove('https://hooks.test/transcripts?team=1 x-other');
    assert.equal(stored.size, 0);
  });

  it('removes a value that an earlier version stored for a server', async () => {
    const stored = new Map([
      ['webhookSecret https://hooks.test x-token', value],
      ['webhookSecrets', '["https://hooks.test x-token"]'],
    ]);
    const { secrets } = createWorld(stored);
    assert.equal(await secrets.isMissing(options), true);
    await secrets.remove('https://hooks.test x-token');
    assert.equal(stored.size, 0);
  });

  it('serves until the window closes where the storage keeps nothing', async () => {
    const broken = new SessionSecrets(brokenStorage, silentLog);
    const secrets = new WebhookSecrets(broken, createWorld().log);
    assert.equal(await secrets.isMissing(options), true);
    assert.equal(await secrets.store(webhook, value), false);
    assert.equal((await secrets.addTo(options))['webhook_auth_header_value'], value);
  });

  it('forgets no name while the storage does not answer', async () => {
    const stored = new Map([['webhookSecrets', '["https://hooks.test/ x-old"]']]);
    let isLocked = true;
    const whenOpen = <T>(action: () => T): Promise<T> =>
      isLocked ? Promise.reject(new Error('The keyring is locked')) : Promise.resolve(action());
    const storage = {
      get: (name: string) => whenOpen(() => stored.get(name)),
      store: (name: string, text: string) => whenOpen(() => void stored.set(name, text)),
      delete: (name: string) => whenOpen(() => void stored.delete(name)),
    };
    const secrets = new WebhookSecrets(new SessionSecrets(storage, silentLog), createWorld().log);
    assert.equal(await secrets.store(webhook, value), false);
    await assert.rejects(secrets.names(), { kind: 'secretsUnavailable' });
    isLocked = false;
    await secrets.store({ ...webhook, header: 'X-Other' }, 'another');
    assert.deepEqual(await secrets.names(), [
      'https://hooks.test/ x-old',
      'https://hooks.test/transcripts?team=1 x-other',
    ]);
  });

  it('keeps values out of the log, even after a restart', async () => {
    const { secrets, stored, logged, log } = createWorld();
    await secrets.store(webhook, value);
    log.info(`It is ${value}`);
    assert.ok(!logged.join().includes(value));
    const next = createWorld(new Map(stored));
    await next.secrets.addTo(options);
    next.log.info(`It is ${value}`);
    assert.ok(!next.logged.join().includes(value));
  });
});
