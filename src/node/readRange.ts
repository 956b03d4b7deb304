import type { FileHandle } from 'node:fs/promises';
import { openFile } from './openFile';

/** The bytes at a position in a file; fewer than asked for at its end. */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  // A network drive may give less at once.
  for (let read = -1; filled < length && read !== 0; filled += read) {
    read = (await file.read(buffer, filled, length - filled, position + filled)).bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** The first bytes of a file, or all of them where it has fewer. @throws Error like `openFile` */
export async function readHead(file: string, maxBytes: number): Promise<Uint8Array> {
  const { handle } = await openFile(file);
  try {
    return await readAt(handle, 0, maxBytes);
  } finally {
    await handle.close();
  }
}
