import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { openFile } from './openFile';

/**
 * The SHA-256 of the bytes that a file has when it is opened, lower-case hex. Rejects with an error like `openFile`, or an
 * `AbortError`.
 */
export async function sha256Of(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const { handle, sizeBytes } = await openFile(file);
  try {
    if (sizeBytes > 0) {
      const bytes = handle.createReadStream({ end: sizeBytes - 1, highWaterMark: 1 << 20, autoClose: false });
      await pipeline(bytes, hash, { signal });
    }
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}
