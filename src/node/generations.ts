import * as path from 'node:path';
import { exists, ownerOnly, removeFile, writeNew } from './files';
import type { GenerationNames } from './generationNames';
import { namesIn } from './readFiles';

/**
 * Files of a folder by which processes agree on who owns what: `<id>.<generation><suffix>`, of which only the highest
 * generation of an id counts. A process becomes the owner by creating the next generation, and the file system lets
 * only one process create a file.
 */
export class Generations {
  constructor(
    private readonly folder: string,
    private readonly names: GenerationNames,
  ) {}

  /** The path of a generation, whether there is one or not. */
  pathOf(id: string, generation: number): string {
    return path.join(this.folder, this.names.format(id, generation));
  }

  /** Groups file names: every id with its generations, the highest first. Leaves out any other name. */
  group(names: readonly string[]): ReadonlyMap<string, readonly number[]> {
    const groups = new Map<string, number[]>();
    for (const { id, generation } of names.flatMap((name) => this.names.parse(name) ?? [])) {
      groups.set(id, [...(groups.get(id) ?? []), generation]);
    }
    groups.forEach((generations) => generations.sort((one, other) => other - one));
    return groups;
  }

  /** The generations of an id, the highest first. */
  async of(id: string): Promise<readonly number[]> {
    return this.group(await namesIn(this.folder)).get(id) ?? [];
  }

  /** Creates a generation that only this user can read; false when another process was faster. */
  create(id: string, generation: number, text: string): Promise<boolean> {
    return writeNew(this.pathOf(id, generation), text, ownerOnly);
  }

  /** Whether the next generation exists, so that this one no longer counts. */
  isSuperseded(id: string, generation: number): Promise<boolean> {
    return exists(this.pathOf(id, generation + 1));
  }

  /** Removes the generations of an id, up to one of them where it is given. */
  async remove(id: string, upTo = Infinity): Promise<void> {
    const generations = await this.of(id);
    const removed = generations.filter((generation) => generation <= upTo);
    await Promise.all(removed.map((generation) => removeFile(this.pathOf(id, generation))));
  }
}
