import { OpusDecoder as LibOpus } from 'opus-decoder';
import { DamagedPacket } from '../coding/damaged';
import type { PacketDecoder } from '../coding/packetDecoder';
import { sampleRate } from '../sound/sound';
import { packetSamples, type OpusHead } from './opusFormat';

/**
 * The decoder predicts each frame from those before and forgets them only by and by, so what it gives after a start in the
 * middle comes near to what it gives from the beginning, but is not the same. RFC 7845, section 4.6, asks for 80 ms.
 */
const settlingSeconds = 1;
const mostSettlingPackets = 400;

/**
 * Decodes Opus by libopus, which gives 16 kHz by itself.
 *
 * @param firstPacket tells how long packets usually are
 */
export async function openOpus(head: OpusHead, firstPacket: Uint8Array): Promise<PacketDecoder> {
  const decoder = new LibOpus({
    sampleRate,
    channels: head.channels,
    streamCount: head.streamCount,
    coupledStreamCount: head.coupledStreamCount,
    channelMappingTable: [...head.channelMapping],
  });
  await decoder.ready;
  const grain = Math.max(1, firstPacket.length === 0 ? 1 : packetSamples(firstPacket, sampleRate));
  return {
    sampleRate,
    channels: head.channels,
    grain,
    settlingPackets: Math.min(mostSettlingPackets, Math.ceil((settlingSeconds * sampleRate) / grain)),
    skip: (packet) => packetSamples(packet, sampleRate),
    decode(packet) {
      const { channelData, errors } = decoder.decodeFrame(packet);
      const [error] = errors;
      if (error) {
        throw new DamagedPacket(error.message);
      }
      return channelData;
    },
    close: () => decoder.free(),
  };
}
