import type { FileHandle } from 'node:fs/promises';
import {
  CustomSource,
  EncodedPacketSink,
  Input,
  MATROSKA,
  WEBM,
  type EncodedPacket,
  type InputAudioTrack,
} from 'mediabunny';
import { BlockReader } from '../frames/blockReader';
import { clusterBefore, readUnindexedMatroska, type UnindexedMatroska } from '../headers/matroskaClusters';
import { readAt } from '../../node/readRange';
import type { CodedSound } from '../codecs/codedSound';
import type { Timing } from '../containers/container';
import type { TrackPackets } from '../containers/trackPackets';
import { readMedia } from './mediaPackets';
import type { PacketReading } from './packetTrack';
import { shortened } from './pcmPackets';

/** A cluster begins with a picture. The sound of the same time may lie in the cluster before. */
const clusterSlackSeconds = 1;

/**
 * Reads the packets of a track of a Matroska or WebM file. In a file without an index, mediabunny would read all clusters up to
 * the wanted one. So a search finds that one, and mediabunny gets a file without the clusters before it.
 */
export function readMatroska(
  track: InputAudioTrack,
  packets: TrackPackets,
  timing: Timing,
  sound: CodedSound,
  file: FileHandle,
): PacketReading {
  const reading = readMedia(packets, timing, sound);
  let unindexed: Promise<UnindexedMatroska | undefined> | undefined;
  return {
    ...reading,
    async *packets(from) {
      const layout = from === undefined ? undefined : await (unindexed ??= openUnindexed(file));
      if (from === undefined || !layout) {
        yield* reading.packets(from);
        return;
      }
      const tick = (from + timing.origin - clusterSlackSeconds) * (await track.getTimeResolution());
      const cluster = await clusterBefore(BlockReader.of(file), layout, tick);
      yield* shortened(packetsFrom(file, layout, cluster, track.number), sound);
    },
  };
}

async function openUnindexed(file: FileHandle): Promise<UnindexedMatroska | undefined> {
  return readUnindexedMatroska(BlockReader.of(file), (await file.stat()).size);
}

/** @param trackNumber among the sound tracks */
async function* packetsFrom(
  file: FileHandle,
  { size, clustersStart }: UnindexedMatroska,
  cluster: number,
  trackNumber: number,
): AsyncGenerator<EncodedPacket> {
  const left = cluster - clustersStart;
  const source = new CustomSource({
    getSize: () => size - left,
    async read(start, end) {
      const head = await readAt(file, start, Math.max(0, Math.min(end, clustersStart) - start));
      const from = Math.max(start, clustersStart);
      return Buffer.concat([head, await readAt(file, from + left, Math.max(0, end - from))]);
    },
    prefetchProfile: 'fileSystem',
  });
  const input = new Input({ source, formats: [MATROSKA, WEBM] });
  try {
    const track = (await input.getAudioTracks())[trackNumber - 1];
    if (track) {
      yield* new EncodedPacketSink(track).packets();
    }
  } finally {
    input.dispose();
  }
}
