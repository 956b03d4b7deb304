import { OpusDecoder as LibOpus } from 'opus-decoder';
import { DamagedPacket } from '../coding/damaged';
import type { PacketDecoder } from '../coding/packetDecoder';
import { sampleRate } from '../sound/sound';
import { packetSamples, type OpusHead } from './opusFormat';

/**
 * The decoder predicts each frame from those before it, so a start in the middle gives other samples at first. RFC 7845, section
 * 4.6, asks for 80 ms. After a second, the CELT mode (music, and speech from about 32 kbit/s) gives the same samples bit for
 * bit. The SILK mode never does: its rounding differs for good, by noise 45 dB below the sound, and in soft passages 28 dB.
 */
const settlingSeconds = 1;
const maxSettlingPackets = 400;

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
    settlingPackets: Math.min(maxSettlingPackets, Math.ceil((settlingSeconds * sampleRate) / grain)),
    skip: (packet) => packetSamples(packet, sampleRate),
    decode(packet) {
      const { channelData, errors } = decoder.decodeFrame(packet);
      const [error] = errors;
      if (error) {
        throw new DamagedPacket(error.message);
      }
      return channelData;
    },
    forget: () => undefined,
    close: () => decoder.free(),
  };
}
