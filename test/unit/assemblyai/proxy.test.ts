import assert from 'node:assert/strict';
import { chooseProxy } from '../../../src/assemblyai/proxy';
import { describeFailure } from '../../../src/core/failures/describeFailure';
import { Failure } from '../../../src/core/failures/failure';
import { plainNetwork } from './stage';

const us = 'https://api.assemblyai.com';
const proxy = 'http://proxy.test:8080';

describe('chooseProxy', () => {
  const choose = (
    network: Partial<typeof plainNetwork>,
    env: Readonly<Record<string, string>> = {},
    origin = us,
  ): string | undefined => chooseProxy(origin, { ...plainNetwork, ...network }, env)?.url;

  it('prefers the setting to the environment', () => {
    assert.equal(choose({}), undefined);
    assert.equal(choose({ proxy }), proxy);
    assert.equal(choose({ proxy }, { https_proxy: 'http://other.test' }), proxy);
    assert.equal(choose({}, { https_proxy: proxy, HTTPS_PROXY: 'http://other.test' }), proxy);
    assert.equal(choose({}, { https_proxy: '', ALL_PROXY: 'proxy.test:8080' }), proxy);
    assert.equal(choose({}, { HTTP_PROXY: proxy }), proxy, 'as in VS Code');
    assert.equal(choose({}, { HTTP_PROXY: 'http://other.test', HTTPS_PROXY: proxy }), proxy);
    assert.equal(choose({}, { HTTP_PROXY: proxy, ALL_PROXY: 'http://other.test' }), proxy);
  });

  it('uses none if the setting is off', () => {
    assert.equal(choose({ proxySupport: 'off', proxy }, { HTTPS_PROXY: proxy }), undefined);
  });

  it('uses none to this machine', () => {
    for (const origin of [
      'http://localhost:8000',
      'http://127.0.0.1:1',
      'http://127.1.2.3',
      'http://[::1]:8000',
    ]) {
      assert.equal(choose({ proxy }, { HTTP_PROXY: proxy }, origin), undefined, origin);
    }
  });

  const exceptions: readonly (readonly [entry: string, isExcepted: boolean])[] = [
    ['*', true],
    ['assemblyai.com', true],
    ['.assemblyai.com', true],
    ['*.assemblyai.com', true],
    ['api.assemblyai.com', true],
    ['API.AssemblyAI.com', true],
    ['api.assemblyai.com:443', true],
    ['api.assemblyai.com:8443', false],
    ['other.test, assemblyai.com', true],
    ['other.test assemblyai.com', true],
    ['eu.assemblyai.com', false],
    ['ssemblyai.com', false],
    ['api', false],
    ['', false],
    ['.', false],
    [',', false],
  ];
  for (const [entry, isExcepted] of exceptions) {
    it(`${isExcepted ? 'excepts' : 'does not except'} by “${entry}”`, () => {
      const expected = isExcepted ? undefined : proxy;
      assert.equal(choose({}, { HTTPS_PROXY: proxy, NO_PROXY: entry }), expected);
      assert.equal(choose({ proxy }, { no_proxy: entry }), expected);
      if (!/[, ]/.test(entry)) {
        assert.equal(choose({ proxy, noProxy: [entry] }), expected);
      }
    });
  }

  it('uses only the exceptions of the setting if there are some', () => {
    assert.equal(choose({ proxy, noProxy: ['other.test'] }, { NO_PROXY: '*' }), proxy);
  });

  it('removes user and password from the address', () => {
    const authorization = (address: string, proxyAuthorization: string | null = null): string | undefined =>
      chooseProxy(us, { ...plainNetwork, proxy: address, proxyAuthorization }, {})?.authorization;
    const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
    assert.equal(authorization(proxy), undefined);
    assert.equal(authorization('http://maria:p%40ss@proxy.test'), basic('maria:p@ss'));
    assert.equal(authorization('http://maria@proxy.test'), basic('maria:'));
    assert.equal(authorization('http://maria:100%@proxy.test'), basic('maria:100%'));
    assert.equal(authorization('http://CORP\\maria:secret@proxy.test'), basic('CORP\\maria:secret'));
    assert.equal(authorization('http://maria:a/b?c#d@e[f]@proxy.test'), basic('maria:a/b?c#d@e[f]'));
    assert.equal(authorization('CORP\\maria:secret@proxy.test:8080'), basic('CORP\\maria:secret'));
    assert.equal(authorization('http://a:b@proxy.test', 'Bearer x'), 'Bearer x');
    assert.equal(choose({ proxy: 'http://a:b@proxy.test:8080/' }), proxy);
  });

  it('ignores a proxy of another kind in ALL_PROXY', () => {
    for (const all of [
      'socks5://proxy.test:1080',
      'SOCKS5H://proxy.test',
      'socks://a:b@proxy.test',
      'ftp://x',
    ]) {
      assert.equal(choose({}, { ALL_PROXY: all }), undefined, all);
      assert.equal(choose({}, { ALL_PROXY: all, HTTPS_PROXY: proxy }), proxy);
    }
    assert.equal(choose({}, { all_proxy: proxy }), proxy);
  });

  it('refuses a proxy of another kind in HTTPS_PROXY or the setting', () => {
    const refusal = (
      network: Partial<typeof plainNetwork>,
      env: Readonly<Record<string, string>>,
    ): string => {
      try {
        return assert.fail(`took ${String(choose(network, env))}`);
      } catch (thrown) {
        assert.ok(thrown instanceof Failure);
        assert.equal(thrown.kind, 'settings');
        return describeFailure(thrown).sentence;
      }
    };
    const socks = 'socks5://proxy.test:1080';
    assert.match(refusal({ proxy: socks }, {}), /only http and https proxies \(http\.proxy\): .*settings/);
    assert.match(
      refusal({}, { https_proxy: socks }),
      /only http and https proxies \(HTTPS_PROXY\): change that environment variable/,
    );
    assert.match(refusal({}, { ALL_PROXY: 'http://:80' }), /does not look like .* \(ALL_PROXY\)/);
  });

  it('refuses other addresses without repeating a password', () => {
    for (const address of [
      'socks5://maria:secret@proxy.test',
      'http://maria:secret@:80',
      'ftp://maria:secret@x',
      'http://maria:secret@proxy.test/x.pac',
    ]) {
      assert.throws(
        () => choose({ proxy: address }),
        (thrown: unknown) =>
          thrown instanceof Failure &&
          thrown.kind === 'settings' &&
          !(JSON.stringify(thrown) + thrown.message).includes('secret'),
      );
    }
  });
});
