import { bisect, type Dated } from '../frames/bisect';
import type { BlockReader } from '../frames/blockReader';
import { element } from './ebml';
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
const maxHeadBytes = 2 ** 20;
const windowBytes = 2 ** 16;
const headerMark = Buffer.from('1a45dfa3', 'hex');
const segmentMark = Buffer.from('18538067', 'hex');
/** Of a file, with the name of the segment behind it. */
const longestHeader = 2 ** 8;
/** Within so many bytes, a cluster tells its time. */
const clusterHeadBytes = 64;

/** @returns undefined where there is an index, or may be one */
export async function readUnindexedMatroska(
  reader: BlockReader,
  size: number,
): Promise<UnindexedMatroska | undefined> {
  const head = bufferOf(await reader.read(0, Math.min(size, maxHeadBytes)));
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

/** How many places all over the file are looked at. */
const probes = 64;
const probeBytes = 2 ** 20;

/**
 * Finds where recordings of a browser begin that were joined in one file: each has a header and clusters whose times begin anew. A
 * part that is shorter than a 64th of the file may be missed if it is the first.
 *
 * @returns the places of the headers behind the first one; none where times grow from place to place
 */
export async function joinedStarts(reader: BlockReader, size: number): Promise<readonly number[]> {
  let latest = -Infinity;
  for (let probe = 0; probe < probes; probe++) {
    const from = Math.floor((size * probe) / probes);
    const cluster = await findCluster(reader, from, Math.min(size, from + probeBytes));
    if (cluster && cluster.time < latest) {
      return headersBehind(reader, size);
    }
    latest = cluster?.time ?? latest;
  }
  return [];
}

async function headersBehind(reader: BlockReader, size: number): Promise<readonly number[]> {
  const found: number[] = [];
  for (let start = 1; start < size; start += windowBytes - longestHeader) {
    const window = bufferOf(await reader.read(start, windowBytes));
    for (let at = window.indexOf(headerMark); at >= 0; at = window.indexOf(headerMark, at + 1)) {
      const header = element(window, at);
      const isHeader = header && window.subarray(at, header.end + 4).includes(segmentMark);
      if (isHeader && found.at(-1) !== start + at) {
        found.push(start + at);
      }
    }
  }
  return found;
}
