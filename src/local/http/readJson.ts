import type { IncomingMessage } from 'node:http';
import { parseJson } from '../../core/parseJson';

/** Limits for JSON bodies. */
export interface JsonLimits {
  readonly jsonBytes: number;
  /** How long a client may take to send the whole body. */
  readonly jsonMs: number;
}

/**
 * Reads the body of a request as JSON. Cuts the connection if the client takes too long.
 *
 * @returns the value, which is undefined if the body is not JSON; or `tooLarge`
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
    return parseJson(text);
  } catch {
    return undefined;
  }
}
