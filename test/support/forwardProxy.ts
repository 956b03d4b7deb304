import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ForwardProxyOptions {
  /** `user:password`; without it, the proxy asks for no password. */
  readonly credentials?: string;
  /** Names that only the proxy knows, as `host:port`, and the loopback ports behind them. */
  readonly hosts: Readonly<Record<string, number>>;
}

/** A forward proxy on loopback for CONNECT. */
export interface ForwardProxy {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Targets of the tunnels that were opened, in order. */
  readonly tunnels: readonly string[];
  /** How often the password was missing or wrong. */
  readonly refused: number;
  close(): Promise<void>;
}

/** Starts a proxy that demands a password where one is set, and tunnels to the hosts that it knows. */
export async function startForwardProxy(options: ForwardProxyOptions): Promise<ForwardProxy> {
  const tunnels: string[] = [];
  const sockets = new Set<Duplex>();
  let refused = 0;
  const expected =
    options.credentials === undefined
      ? undefined
      : `Basic ${Buffer.from(options.credentials, 'utf8').toString('base64')}`;

  const server = createServer();
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    client.on('error', () => client.destroy());
    if (expected !== undefined && request.headers['proxy-authorization'] !== expected) {
      refused += 1;
      const body = '<html><h1>407 Proxy Authentication Required</h1></html>';
      client.end(
        `HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="office"\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
      return;
    }
    const target = request.url ?? '';
    const port = options.hosts[target];
    if (port === undefined) {
      client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    tunnels.push(target);
    const upstream: Socket = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    sockets.add(client).add(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    get refused() {
      return refused;
    },
    close: () =>
      new Promise((resolve) => {
        sockets.forEach((socket) => socket.destroy());
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
