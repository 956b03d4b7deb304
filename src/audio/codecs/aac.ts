import { adtsConfig, decodeAdts } from './aac/adts';
import { parseAudioSpecificConfig } from './aac/config';
import { AacDecoder } from './aac/decoder';
import type { PacketDecoder } from '../coding/packetDecoder';

/**
 * @param description the AudioSpecificConfig; without one each packet has an ADTS header
 * @throws AacError
 */
export function openAac(description: Uint8Array | undefined, firstPacket: Uint8Array): PacketDecoder {
  const decoder = new AacDecoder(
    description ? parseAudioSpecificConfig(description) : adtsConfig(firstPacket),
  );
  return {
    sampleRate: decoder.sampleRate,
    channels: decoder.channels,
    decode: (packet) => (description ? decoder.decode(packet) : decodeAdts(decoder, packet)),
    close: () => undefined,
  };
}
