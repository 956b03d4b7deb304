import * as path from 'node:path';
import type * as vscode from 'vscode';
import { gatewayBaseUrl, type Gateway } from '../../assemblyai/gateway';
import type { NoteProperties } from '../../core/note/frontMatter';
import { noteStem } from '../../core/note/notePath';
import { parseNote } from '../../core/note/parseNote';
import type { TranscriptBody } from '../../core/transcript/model';
import { understandingRequest } from '../../core/understanding/analyses';
import { findingEdits } from '../../core/understanding/findingEdits';
import {
  findingsIn,
  mergeUnderstanding,
  namesIn,
  type Understanding,
} from '../../core/understanding/mergeUnderstanding';
import type { Log } from '../../core/ports';
import { applyNoteEdits } from '../note/applyNoteEdits';
import { chooseNote } from '../note/chooseNote';
import type { NamedRecordings } from '../note/namedRecordings';
import { transcriptIdOf } from '../note/noteReferences';
import { findSidecarOfNote, type FoundSidecar } from '../note/sidecarOfNote';
import { readBaseUrl, readPeople } from '../platform/settings';
import { notify, showInStatusBar } from '../platform/userMessages';
import { attempt, whileWaiting } from '../services/atAssemblyAi';
import type { Connector } from '../services/connector';
import { chooseAnalyses } from './chooseAnalyses';
import { updateSidecarFile } from './updateSidecarFile';

/** What the command needs. */
export interface UnderstandingParts {
  readonly connector: Pick<Connector, 'openAssemblyAi'>;
  readonly recordings: NamedRecordings;
  readonly log: Log;
}

/** A note and the transcript that it names. */
interface NamedTranscript {
  readonly note: vscode.Uri;
  readonly title: string;
  readonly transcriptId: string;
  readonly properties: NoteProperties;
}

/**
 * *Analyze Transcript with AssemblyAI…*: has AssemblyAI analyze a finished transcript, and puts what it finds into the
 * note and the sidecar.
 *
 * @param clicked the first argument of the command
 */
export async function understandTranscript(parts: UnderstandingParts, clicked: unknown): Promise<void> {
  const named = await chooseTranscript(clicked);
  const connection = named && (await parts.connector.openAssemblyAi());
  if (named === undefined || connection === undefined) {
    return;
  }
  try {
    const { note, title, properties } = named;
    const { host } = gatewayBaseUrl(readBaseUrl());
    const people = readPeople(note.fsPath);
    const analyses = await chooseAnalyses({ title, properties, host, people });
    if (analyses !== undefined) {
      await analyze(named, connection.gateway, understandingRequest(analyses), parts);
    }
  } finally {
    await connection.close();
  }
}

async function chooseTranscript(clicked: unknown): Promise<NamedTranscript | undefined> {
  const document = (await chooseNote(clicked))?.document;
  if (document === undefined) {
    return undefined;
  }
  const { properties } = parseNote(document.getText());
  const transcriptId = transcriptIdOf(properties);
  const title = noteStem(path.basename(document.uri.path));
  if (transcriptId !== undefined) {
    return { note: document.uri, title, transcriptId, properties };
  }
  await notify(
    'information',
    `${title} does not name its transcript in its first lines, so AssemblyAI cannot look it up.`,
  );
  return undefined;
}

/** Analyzes the transcript and saves the findings. If saving fails, *Retry* saves again and does not analyze again. */
async function analyze(
  named: NamedTranscript,
  gateway: Gateway,
  request: Understanding['request'],
  parts: UnderstandingParts,
): Promise<void> {
  const { transcriptId } = named;
  let understanding: Understanding | undefined;
  await attempt(parts.log, `Transcript ${transcriptId}`, async () => {
    const answer = await whileWaiting('AssemblyAI is analyzing the transcript', (signal) =>
      gateway.understand(transcriptId, request, signal),
    );
    understanding = { request, response: answer };
  });
  if (understanding !== undefined) {
    await save(named, understanding, parts);
  }
}

async function save(
  { note, title, transcriptId, properties }: NamedTranscript,
  understanding: Understanding,
  { recordings, log }: UnderstandingParts,
): Promise<void> {
  const sidecar = await findSidecarOfNote(note.fsPath, properties, recordings);
  const body: TranscriptBody = sidecar?.sidecar.transcript ?? { id: transcriptId, status: 'completed' };
  const transcript = findingsIn(body, understanding);
  const names = namesIn(understanding);
  const subject = `Findings in ${transcriptId}`;
  await Promise.all([
    attempt(log, subject, () => saveInSidecar(sidecar, understanding)),
    attempt(log, subject, async () => {
      const isChanged = await applyNoteEdits(note, (markdown) =>
        findingEdits(markdown, { transcript, names }),
      );
      void tell(title, isChanged, transcript.warnings);
    }),
  ]);
}

async function saveInSidecar(found: FoundSidecar | undefined, understanding: Understanding): Promise<void> {
  if (found !== undefined) {
    const { id } = found.sidecar.transcript;
    await updateSidecarFile(found.file, id, (body) => mergeUnderstanding(body, understanding));
  }
}

async function tell(title: string, isChanged: boolean, warnings: readonly string[]): Promise<void> {
  if (isChanged && warnings.length === 0) {
    showInStatusBar(`AssemblyAI’s findings are in ${title}`);
    return;
  }
  const result = isChanged
    ? `AssemblyAI’s findings are in ${title}.`
    : `AssemblyAI found nothing that is not in ${title} already.`;
  await notify('information', [result, ...warnings].join(' '));
}
