import { AacError } from './aacError';
import type { FrameReader } from './frameReader';
import type { ChannelElement, ChannelElementType } from './channelElements';

/**
 * Reads a program_config_element behind its element id (ISO/IEC 14496-3, table 4.2): channels that no channel
 * configuration describes, in the order in which it lists them.
 *
 * @throws AacError when it is damaged or has no channels
 */
export function readProgramConfig(bits: FrameReader): readonly ChannelElement[] {
  bits.skip(4 + 2 + 4); // its tag, and profile and sampling frequency, which are known from elsewhere
  const counts = { front: bits.read(4), side: bits.read(4), back: bits.read(4), lfe: bits.read(2) };
  const associatedData = bits.read(3);
  const couplings = bits.read(4);
  for (const mixdownBits of [4, 4, 3]) {
    if (bits.readFlag()) {
      bits.skip(mixdownBits);
    }
  }
  const elements: ChannelElement[] = [];
  let channel = 0;
  const add = (type: ChannelElementType): void => {
    const channels = type === 'pair' ? [channel++, channel++] : [channel++];
    elements.push({ type, tag: bits.read(4), channels });
  };
  for (let i = 0; i < counts.front + counts.side + counts.back; i++) {
    add(bits.readFlag() ? 'pair' : 'single');
  }
  for (let i = 0; i < counts.lfe; i++) {
    add('lfe');
  }
  bits.skip(associatedData * 4 + couplings * 5);
  bits.alignToByte();
  bits.skip(bits.read(8) * 8); // a comment
  if (elements.length === 0) {
    throw new AacError('damaged', 'The AAC program configuration has no channels.');
  }
  return elements;
}
