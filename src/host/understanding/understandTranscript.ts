import * as path from 'node:path';
import type * as vscode from 'vscode';
import { gatewayBaseUrl, type Gateway } from '../../assemblyai/gateway';
import type { NoteProperties } from '../../core/note/frontMatter';
import { noteStem } from '../../core/note/notePath';
import { parseNote } from '../../core/note/parseNote';
import type { TranscriptBody } from '../../core/transcript/model';
import { isTranscriptId } from '../../core/transcript/parseTranscript';
import { understandingRequest } from '../../core/understanding/analyses';
import { findingEdits } from '../../core/understanding/findingEdits';
import {
  findingsIn,
  mergeUnderstanding,
  namesIn,
  type Understanding,
} from '../../core/understanding/mergeUnderstanding';
import type { CommandParts } from '../commands/commandParts';
import { attempt, whileWaiting } from '../services/atAssemblyAi';
import { mention, offer } from '../platform/messages';
import { findSidecarOfNote, type FoundSidecar } from '../note/transcriptOfNote';
import { editNote } from '../note/editNote';
import { chooseNote } from '../note/chooseNote';
import { readBaseUrl, readPeople } from '../platform/settings';
import { chooseAnalyses } from './chooseAnalyses';
import { keepInSidecar } from './keepInSidecar';

/** A note, and the transcript that it names. */
interface Subject {
  readonly note: vscode.Uri;
  readonly title: string;
  readonly transcriptId: string;
  readonly properties: NoteProperties;
}

/** *Analyze Transcript with AssemblyAI…*: what it can find in a transcript that it has finished, put into the note. */
export async function understandTranscript(parts: CommandParts, clicked: unknown): Promise<void> {
  const subject = await subjectAtHand(clicked);
  const connection = subject && (await parts.connector.openAssemblyAi());
  if (subject === undefined || connection === undefined) {
    return;
  }
  try {
    const { note, title, properties } = subject;
    const { host } = gatewayBaseUrl(readBaseUrl());
    const people = readPeople(note.fsPath);
    const analyses = await chooseAnalyses({ title, properties, host, people });
    if (analyses !== undefined) {
      await analyze(subject, connection.gateway, understandingRequest(analyses), parts);
    }
  } finally {
    await connection.close();
  }
}

async function subjectAtHand(clicked: unknown): Promise<Subject | undefined> {
  const document = (await chooseNote(clicked))?.document;
  if (document === undefined) {
    return undefined;
  }
  const { properties } = parseNote(document.getText());
  const { transcript: transcriptId } = properties;
  const title = noteStem(path.basename(document.uri.path));
  if (transcriptId !== null && isTranscriptId(transcriptId)) {
    return { note: document.uri, title, transcriptId, properties };
  }
  await offer(
    'information',
    `${title} does not name its transcript in its first lines, so there is nothing that AssemblyAI could look up.`,
  );
  return undefined;
}

/** Asks for it, and puts it where it belongs. What went wrong then is done again without being asked for again. */
async function analyze(
  subject: Subject,
  gateway: Gateway,
  request: Understanding['request'],
  { log }: Pick<CommandParts, 'log'>,
): Promise<void> {
  const { transcriptId } = subject;
  let understanding: Understanding | undefined;
  await attempt(log, `Transcript ${transcriptId}`, async () => {
    const answer = await whileWaiting('AssemblyAI analyzes the transcript', (signal) =>
      gateway.understand(transcriptId, request, signal),
    );
    understanding = { request, response: answer };
  });
  if (understanding !== undefined) {
    await keep(subject, understanding, log);
  }
}

async function keep(
  { note, title, transcriptId, properties }: Subject,
  understanding: Understanding,
  log: CommandParts['log'],
): Promise<void> {
  const found = await findSidecarOfNote(note.fsPath, properties);
  const body: TranscriptBody = found?.sidecar.transcript ?? { id: transcriptId, status: 'completed' };
  const transcript = findingsIn(body, understanding);
  const names = namesIn(understanding);
  const subject = `Findings in ${transcriptId}`;
  await Promise.all([
    attempt(log, subject, () => keepBeside(found, understanding)),
    attempt(log, subject, async () => {
      const isChanged = await editNote(note, (markdown) => findingEdits(markdown, { transcript, names }));
      void tell(title, isChanged, transcript.warnings);
    }),
  ]);
}

/** The sidecar holds all that is known of a transcript. */
async function keepBeside(found: FoundSidecar | undefined, understanding: Understanding): Promise<void> {
  if (found !== undefined) {
    const { id } = found.sidecar.transcript;
    await keepInSidecar(found.file, id, (body) => mergeUnderstanding(body, understanding));
  }
}

async function tell(title: string, isChanged: boolean, warnings: readonly string[]): Promise<void> {
  if (isChanged && warnings.length === 0) {
    mention(`AssemblyAI’s findings are in ${title}`);
    return;
  }
  const what = isChanged
    ? `AssemblyAI’s findings are in ${title}.`
    : `AssemblyAI found nothing that ${title} does not say already.`;
  await offer('information', [what, ...warnings].join(' '));
}
