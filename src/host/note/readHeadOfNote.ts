import { readHead } from '../../node/readRange';

/** Front matter, or the beginning of a sidecar, is not longer. */
const headOfNote = 8192;

/** The head of a note or a sidecar as text; '' of what cannot be read. */
export async function readHeadOfNote(file: string): Promise<string> {
  return readHead(file, headOfNote).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => '',
  );
}
