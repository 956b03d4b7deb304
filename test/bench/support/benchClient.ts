import { parseBaseUrl } from '../../../src/assemblyai/baseUrl';
import { AssemblyAiClient } from '../../../src/assemblyai/client';
import { createDispatcher } from '../../../src/assemblyai/dispatcher';
import type { Log } from '../../../src/core/ports';
import { systemClock } from '../../../src/node/systemClock';

/** A client like that of the extension, and how to close its connections. */
export interface BenchClient {
  readonly client: AssemblyAiClient;
  readonly close: () => Promise<void>;
}

/** Makes a client for a server on this machine, without a proxy. */
export function benchClient(url: string, apiKey: string, log: Log): BenchClient {
  const baseUrl = parseBaseUrl(url);
  const network = { proxy: '', noProxy: [], proxyAuthorization: null, proxyStrictSSL: true };
  const dispatcher = createDispatcher(
    baseUrl,
    { ...network, proxySupport: 'off', systemCertificates: true },
    {},
  );
  const client = new AssemblyAiClient({
    baseUrl,
    apiKey,
    dispatcher,
    clock: systemClock,
    random: Math.random,
    log,
    userAgent: 'Steno/bench',
  });
  return { client, close: () => dispatcher.close() };
}
