import { AacError } from './aacError';

/** The channel elements of a frame, as far as they carry sound of their own. */
export type ChannelElementType = 'single' | 'pair' | 'lfe';

/** A place in the frame for one or two channels. */
export interface ChannelElement {
  readonly type: ChannelElementType;
  /** Where it is known, what tells it from others of its type; else their order does. */
  readonly tag: number | undefined;
  /** Where its channels stand in the output. */
  readonly channels: readonly number[];
}

const single = (channel: number): ChannelElement => ({ type: 'single', tag: undefined, channels: [channel] });
const pair = (left: number, right: number): ChannelElement => ({
  type: 'pair',
  tag: undefined,
  channels: [left, right],
});
const lfe = (channel: number): ChannelElement => ({ type: 'lfe', tag: undefined, channels: [channel] });

/**
 * The channel configurations of ISO/IEC 14496-3, 1.6.3.5, and of its later additions. AAC begins with the centre; the
 * output has the order of WAV files: left, right, centre, LFE, back, side.
 */
const configurations: Readonly<Record<number, readonly ChannelElement[]>> = {
  1: [single(0)],
  2: [pair(0, 1)],
  3: [single(2), pair(0, 1)],
  4: [single(2), pair(0, 1), single(3)],
  5: [single(2), pair(0, 1), pair(3, 4)],
  6: [single(2), pair(0, 1), pair(4, 5), lfe(3)],
  7: [single(2), pair(6, 7), pair(0, 1), pair(4, 5), lfe(3)],
  11: [single(2), pair(0, 1), pair(5, 6), single(4), lfe(3)],
  12: [single(2), pair(0, 1), pair(6, 7), pair(4, 5), lfe(3)],
  14: [single(2), pair(0, 1), pair(4, 5), lfe(3), pair(6, 7)],
};

/** @throws AacError when the number names no configuration */
export function defaultElements(channelConfiguration: number): readonly ChannelElement[] {
  const elements = configurations[channelConfiguration];
  if (elements === undefined) {
    throw new AacError('unsupported', `AAC channel configuration ${channelConfiguration} is unknown.`);
  }
  return elements;
}
