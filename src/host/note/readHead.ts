import { open } from 'node:fs/promises';

/** Front matter, or the beginning of a sidecar, is not longer. */
const headOfNote = 8192;

/** The first bytes of a file, or all of them where it has fewer. */
export async function readHead(file: string, mostBytes: number): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(mostBytes), 0, mostBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The head of a note or a sidecar as text; '' of what cannot be read. */
export async function readHeadOfNote(file: string): Promise<string> {
  return readHead(file, headOfNote).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => '',
  );
}
