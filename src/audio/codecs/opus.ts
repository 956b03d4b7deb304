import { OpusDecoder as LibOpus } from 'opus-decoder';
import { DamagedPacket } from '../coding/damaged';
import type { PacketDecoder } from '../coding/packetDecoder';
import { sampleRate } from '../sound/sound';
import type { OpusHead } from './opusHead';

/** Decodes Opus by libopus, which gives 16 kHz by itself. */
export async function openOpus(head: OpusHead): Promise<PacketDecoder> {
  const decoder = new LibOpus({
    sampleRate,
    channels: head.channels,
    streamCount: head.streamCount,
    coupledStreamCount: head.coupledStreamCount,
    channelMappingTable: [...head.channelMapping],
  });
  await decoder.ready;
  return {
    sampleRate,
    channels: head.channels,
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
