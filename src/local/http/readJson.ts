import type { IncomingMessage } from 'node:http';

export interface JsonLimits {
  readonly jsonBytes: number;
  /** Until the last byte. */
  readonly jsonMs: number;
}

/**
 * The body of a request as JSON: its value, undefined when it is none, or `tooLarge`. The connection of a client that
 * takes too long is cut.
 */
export async function readJson(
  request: IncomingMessage,
  { jsonBytes, jsonMs }: JsonLimits,
): Promise<{ readonly value: unknown } | 'tooLarge'> {
  const deadline = setTimeout(() => request.destroy(), jsonMs);
  try {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > jsonBytes) {
        return 'tooLarge';
      }
      chunks.push(chunk);
    }
    return { value: parse(Buffer.concat(chunks).toString('utf8')) };
  } finally {
    clearTimeout(deadline);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
