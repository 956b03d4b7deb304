import { AacError } from './aacError';
import type { FrameReader } from './frameReader';
import type { IcsInfo } from './icsInfo';

/** What is to be added to a quantised coefficient, away from zero. */
export interface Pulse {
  readonly coefficient: number;
  readonly amplitude: number;
}

/**
 * Reads pulse_data (ISO/IEC 14496-3, table 4.7).
 *
 * @throws AacError when it is damaged or stands where it may not
 */
export function readPulses(bits: FrameReader, info: IcsInfo): readonly Pulse[] {
  const count = bits.read(2) + 1;
  let coefficient = info.bands.offsets[bits.read(6)] ?? info.windowLength;
  const pulses = Array.from({ length: count }, (): Pulse => {
    coefficient += bits.read(5);
    return { coefficient, amplitude: bits.read(4) };
  });
  if (info.windowSequence === 'short' || coefficient >= info.windowLength) {
    throw new AacError('damaged', 'The AAC frame has a pulse that cannot be.');
  }
  return pulses;
}

/** ISO/IEC 14496-3, 4.6.3. */
export function addPulses(pulses: readonly Pulse[], quantised: Int32Array): void {
  for (const { coefficient, amplitude } of pulses) {
    const value = quantised[coefficient] ?? 0;
    quantised[coefficient] = value > 0 ? value + amplitude : value - amplitude;
  }
}
