import { adtsConfig, decodeAdts, parseAdtsHeader } from './aac/adts';
import { parseAudioSpecificConfig } from './aac/config';
import { AacDecoder } from './aac/decoder';
import type { PacketDecoder } from '../coding/packetDecoder';

/** A frame overlaps the frame before it, whose window depends on the one before that. */
const settlingPackets = 2;

/**
 * @param description the AudioSpecificConfig; without one each packet has an ADTS header
 * @throws AacError
 */
export function openAac(description: Uint8Array | undefined, firstPacket: Uint8Array): PacketDecoder {
  const decoder = new AacDecoder(
    description ? parseAudioSpecificConfig(description) : adtsConfig(firstPacket),
  );
  const { sampleRate, channels, samplesPerFrame } = decoder;
  return {
    sampleRate,
    channels,
    grain: samplesPerFrame,
    settlingPackets,
    decode: (packet) => (description ? decoder.decode(packet) : decodeAdts(decoder, packet)),
    skip: (packet) => samplesPerFrame * (description ? 1 : (parseAdtsHeader(packet)?.blocks ?? 1)),
    forget: () => decoder.forget(),
    close: () => undefined,
  };
}
