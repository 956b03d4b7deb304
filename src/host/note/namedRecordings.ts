import { realpath } from 'node:fs/promises';
import * as path from 'node:path';
import type { NoteProperties } from '../../core/note/frontMatter';
import { actualPath } from '../../node/actualPath';
import { nearestFolder } from '../../node/files';
import { isBelow, isOnOtherHost } from '../../node/pathsWithin';
import { recordingPathOf } from './noteReferences';

export interface NamedRecordingsOptions {
  /** Absolute paths of the folders of the workspace. */
  readonly roots: () => readonly string[];
  /** Asks the user whether the recording of a note may be used, although it is outside of the workspace. */
  readonly ask: (recording: string, note: string) => Promise<boolean>;
}

/**
 * Finds the recordings that notes name. The author of a note decides what it names, and may be another person. So Steno
 * reads and writes beside a recording only in the workspace or below the note's folder, or where the user allows it. It
 * asks once for each folder.
 */
export class NamedRecordings {
  private readonly answers = new Map<string, Promise<boolean>>();

  constructor(private readonly options: NamedRecordingsOptions) {}

  /** Absolute path of the recording of a note; undefined when it names none on disk, or one that may not be used. */
  async find(note: string, properties: NoteProperties): Promise<string | undefined> {
    const recording = recordingPathOf(note, properties);
    if (recording === undefined || !(await this.mayUse(recording, note))) {
      return undefined;
    }
    return (await actualPath(recording)) ?? recording;
  }

  private async mayUse(recording: string, note: string): Promise<boolean> {
    const roots = [...this.options.roots(), path.dirname(note)];
    // To look at a path on another host would tell that host who its user is.
    if (!isOnOtherHost(recording, roots) && (await isInside(recording, roots))) {
      return true;
    }
    const folder = path.dirname(recording);
    const answer = this.answers.get(folder) ?? this.options.ask(recording, note);
    this.answers.set(folder, answer);
    return answer;
  }
}

/** Finds the recordings that lie beside their notes, or below. */
export const besideNotes = new NamedRecordings({ roots: () => [], ask: () => Promise.resolve(false) });

/** Whether the folder of a file is really one of some folders, or below, with links followed. */
async function isInside(file: string, folders: readonly string[]): Promise<boolean> {
  const place = await realFolder((await actualPath(path.dirname(file))) ?? (await nearestFolder(file)));
  const real = await Promise.all(folders.map(realFolder));
  return real.some(
    (folder) => place !== undefined && folder !== undefined && (place === folder || isBelow(place, folder)),
  );
}

/** Undefined when there is no such folder. */
async function realFolder(folder: string): Promise<string | undefined> {
  return realpath(folder).catch(() => undefined);
}
