import { AacError } from './aacError';
import type { FrameBands } from './bands';
import type { FrameReader } from './frameReader';
import type { ChannelElement, ChannelElementType } from './channelElements';
import { readChannelPair, type ChannelPair } from './channelPair';
import { readChannelStream, type ChannelStream } from './channelStream';
import { readProgramConfig } from './programConfig';

/** What a frame says of one of its channel elements. */
export interface ElementContent {
  readonly element: ChannelElement;
  readonly content: ChannelStream | ChannelPair;
}

/** id_syn_ele: ISO/IEC 14496-3, table 4.85. */
const ids = ['single', 'pair', 'coupling', 'lfe', 'data', 'programConfig', 'fill', 'end'] as const;

/**
 * Reads raw_data_block (ISO/IEC 14496-3, table 4.3) up to the whole byte behind its end.
 *
 * @param elements what the frame may have
 * @returns what it has
 * @throws AacError when it is damaged
 */
export function readRawDataBlock(
  bits: FrameReader,
  frameBands: FrameBands,
  elements: readonly ChannelElement[],
): readonly ElementContent[] {
  const contents: ElementContent[] = [];
  const open = new Set(elements);
  for (;;) {
    const id = ids[bits.read(3)] ?? 'end';
    if (id === 'end') {
      bits.alignToByte();
      return contents;
    }
    if (id === 'single' || id === 'pair' || id === 'lfe') {
      const element = takeElement(open, id, bits.read(4));
      const content = id === 'pair' ? readChannelPair(bits, frameBands) : readChannelStream(bits, frameBands);
      contents.push({ element, content });
    } else {
      skipElement(bits, id);
    }
  }
}

function skipElement(bits: FrameReader, id: 'coupling' | 'data' | 'programConfig' | 'fill'): void {
  switch (id) {
    case 'coupling':
      throw new AacError('unsupported', 'AAC with coupling channels cannot be decoded.');
    case 'data': {
      skipData(bits);
      return;
    }
    case 'programConfig':
      readProgramConfig(bits);
      return;
    case 'fill': {
      skipFill(bits);
      return;
    }
  }
}

/** Several elements of a type stand in their order, unless the configuration names their tags. */
function takeElement(open: Set<ChannelElement>, type: ChannelElementType, tag: number): ChannelElement {
  for (const element of open) {
    if (element.type === type && (element.tag ?? tag) === tag) {
      open.delete(element);
      return element;
    }
  }
  throw new AacError('damaged', 'The AAC frame has a channel that its configuration does not name.');
}

/** data_stream_element: table 4.10. */
function skipData(bits: FrameReader): void {
  bits.skip(4);
  const isAligned = bits.readFlag();
  let count = bits.read(8);
  if (count === 255) {
    count += bits.read(8);
  }
  if (isAligned) {
    bits.alignToByte();
  }
  bits.skip(count * 8);
}

/** fill_element: table 4.11. What SBR and parametric stereo add to the core lies here too. */
function skipFill(bits: FrameReader): void {
  let count = bits.read(4);
  if (count === 15) {
    count += bits.read(8) - 1;
  }
  bits.skip(count * 8);
}
