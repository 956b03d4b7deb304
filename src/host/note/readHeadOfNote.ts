import { readHead } from '../../node/readRange';

/** Enough for front matter, and for what Steno needs of a sidecar. */
const headBytes = 8192;

/** Reads the beginning of a note or a sidecar; '' when the file cannot be read. */
export async function readHeadOfNote(file: string): Promise<string> {
  return readHead(file, headBytes).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => '',
  );
}
