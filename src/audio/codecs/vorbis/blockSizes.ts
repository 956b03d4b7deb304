import { readSetup } from './setup';
import { bitWidth, VorbisBits } from './vorbisBits';

/** How long the blocks of a Vorbis track are. */
export interface BlockSizes {
  readonly sampleRate: number;
  /** In samples; undefined for what is no packet of sound. */
  sizeOf(packet: Uint8Array): number | undefined;
}

/**
 * Vorbis I, section 4.3.1.
 *
 * @param description see `readSetup`
 * @throws DamagedPacket
 */
export function readBlockSizes(description: Uint8Array): BlockSizes {
  const { sampleRate, blockSizes, modes } = readSetup(description);
  const [short, long] = blockSizes;
  return {
    sampleRate,
    sizeOf(packet) {
      const bits = new VorbisBits(packet);
      const isHeader = bits.readFlag();
      const mode = modes[bits.read(bitWidth(modes.length - 1))];
      if (packet.length === 0 || isHeader || !mode) {
        return undefined;
      }
      return mode.isLong ? long : short;
    },
  };
}
