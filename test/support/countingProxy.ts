import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before a server, and counts what is sent to it. */
export interface CountingProxy {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Bytes of the bodies that went to that path, in order of arrival. */
  bytesTo(path: string): readonly number[];
  close(): Promise<void>;
}

/** Starts a proxy on loopback that forwards everything to the server at that address. */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  const bodies: { readonly path: string; bytes: number }[] = [];
  const server = createServer((request, response) => {
    const { method = '', headers, url: path = '' } = request;
    const body = { path, bytes: 0 };
    bodies.push(body);
    request.on('data', ({ length }: Buffer) => (body.bytes += length));
    const url = new URL(path, target);
    const onward = ask(url, { method, headers: { ...headers, host: url.host } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytesTo: (path) => bodies.filter((body) => body.path === path).map(({ bytes }) => bytes),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
