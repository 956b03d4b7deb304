import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, parse } from 'node:path';
import { renderNote } from '../../src/core/note/renderNote';
import { parseSidecar, sidecarName } from '../../src/core/sidecar/sidecar';
import type { JsonObject } from '../../src/core/json';
import { parseTranscript, parseTranscriptBody } from '../../src/core/transcript/parseTranscript';

/**
 * Fails unless the note, which lies beside its recording, and the sidecar are whole, and say what the service says.
 *
 * @param body of the transcript, as the service has it
 * @param sha256 of the recording
 */
export async function assertSaved(
  recording: string,
  note: string,
  body: JsonObject,
  sha256: string,
): Promise<void> {
  const transcript = parseTranscriptBody(body);
  const name = basename(recording);
  const sidecar = await readFile(join(dirname(recording), sidecarName(name)), 'utf8');
  deepStrictEqual(parseSidecar(sidecar), { source: name, transcript, sha256 });

  const text = await readFile(note, 'utf8');
  match(text, /^created: \S+$/m);
  const createdAt = /^created: (\S+)$/m.exec(text)?.[1] ?? '';
  strictEqual(
    text,
    renderNote(parseTranscript(transcript), { title: parse(name).name, recording: name, createdAt }),
  );
}
