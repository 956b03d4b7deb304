import { bisect, type Dated } from '../frames/bisect';
import type { BlockReader } from '../frames/blockReader';
import { clusterId, clusterTick } from './matroska';

/** A Matroska or WebM file without an index, as browsers record them. */
export interface UnindexedMatroska {
  readonly size: number;
  /** Where the first cluster begins. Everything before it describes the file. */
  readonly clustersStart: number;
}

const indexId = Buffer.from('1c53bb6b', 'hex');
const tableId = Buffer.from('114d9b74', 'hex');
const tracksId = Buffer.from('1654ae6b', 'hex');
/** The description of a file without an index takes far less. */
const mostHeadBytes = 2 ** 20;
const windowBytes = 2 ** 16;
/** Within so many bytes, a cluster tells its time. */
const clusterHeadBytes = 64;

/** @returns undefined where there is an index, or may be one */
export async function readUnindexedMatroska(
  reader: BlockReader,
  size: number,
): Promise<UnindexedMatroska | undefined> {
  const head = bufferOf(await reader.read(0, Math.min(size, mostHeadBytes)));
  const clustersStart = head.indexOf(clusterId);
  const said = head.subarray(0, Math.max(0, clustersStart));
  // The table of contents may name the index, or another table behind the clusters that names it.
  const isIndexed = said.includes(indexId) || said.indexOf(tableId) !== said.lastIndexOf(tableId);
  if (isIndexed || !said.includes(tracksId)) {
    return undefined;
  }
  return { size, clustersStart };
}

/** @returns where a cluster begins that is not later than that tick; the first one where all are later */
export async function clusterBefore(
  reader: BlockReader,
  { size, clustersStart }: UnindexedMatroska,
  tick: number,
): Promise<number> {
  const next = (from: number, to: number): Promise<Dated | undefined> => findCluster(reader, from, to);
  return (await bisect(next, tick, clustersStart, size))?.position ?? clustersStart;
}

/** @returns the first cluster that begins between two places, and its time in ticks */
async function findCluster(reader: BlockReader, from: number, to: number): Promise<Dated | undefined> {
  let start = from;
  while (start < to) {
    const window = bufferOf(await reader.read(start, windowBytes));
    for (
      let at = window.indexOf(clusterId);
      at >= 0 && start + at < to;
      at = window.indexOf(clusterId, at + 1)
    ) {
      const time = clusterTick(bufferOf(await reader.read(start + at, clusterHeadBytes)), 0);
      if (time !== undefined) {
        return { position: start + at, time };
      }
    }
    if (window.length < windowBytes) {
      return undefined;
    }
    start += window.length - clusterId.length + 1;
  }
  return undefined;
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
