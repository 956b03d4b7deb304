import { open, type FileHandle } from 'node:fs/promises';

/** The bytes at a position in a file; fewer than asked for at its end. */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** The first bytes of a file, or all of them where it has fewer. */
export async function readHead(file: string, maxBytes: number): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    return await readAt(handle, 0, maxBytes);
  } finally {
    await handle.close();
  }
}
