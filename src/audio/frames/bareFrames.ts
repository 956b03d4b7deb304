import type { FileHandle } from 'node:fs/promises';
import { framesBegin, type FrameReader } from './frame';
import { framesDuration } from './framesDuration';
import { ac3Frame, adtsFrame, amrNarrowFrame, amrWideFrame, mpegFrame } from './readers';
import { readAt } from '../../node/readRange';

const readers: readonly FrameReader[] = [mpegFrame, adtsFrame, ac3Frame];
const amrSignatures: readonly (readonly [string, FrameReader])[] = [
  ['#!AMR-WB\n', amrWideFrame],
  ['#!AMR\n', amrNarrowFrame],
];

/** Enough for the longest run of frames that is looked for. */
const headBytes = 2 ** 15;
const id3Header = 10;
/** There may be several, one after the other. */
const mostTags = 8;

/**
 * How long a file of bare frames is, such as MP3 and AAC; undefined when it is none.
 *
 * @param mostBefore bytes of something else that may come before the frames, as in a file that was cut out of another one
 */
export async function bareFramesSeconds(
  file: FileHandle,
  size: number,
  mostBefore: number,
): Promise<number | null | undefined> {
  const start = await tagsEnd(file);
  const head = await readAt(file, start, headBytes + mostBefore);
  for (const [signature, reader] of amrSignatures) {
    if (head.toString('latin1', 0, signature.length) === signature) {
      return framesDuration(file, start + signature.length, size, reader);
    }
  }
  for (let before = 0; before <= mostBefore; before++) {
    const reader = readers.find((each) => framesBegin(head, before, each));
    if (reader) {
      const counted = reader === mpegFrame ? countedSeconds(head, before) : undefined;
      return counted ?? framesDuration(file, start + before, size, reader);
    }
  }
  return undefined;
}

/** Where the tags at the beginning end. */
async function tagsEnd(file: FileHandle): Promise<number> {
  let at = 0;
  for (let tag = 0; tag < mostTags; tag++) {
    const header = await readAt(file, at, id3Header);
    if (header.length < id3Header || header.toString('latin1', 0, 3) !== 'ID3') {
      break;
    }
    // Seven bits of each byte, and perhaps a footer.
    const size = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + (header.readUInt8(i) & 127), 0);
    at += id3Header + size + ((header.readUInt8(5) & 0x10) === 0 ? 0 : id3Header);
  }
  return at;
}

/** Where encoders write how many frames there are: after their name, in the first frame. */
const counts: readonly { readonly names: readonly string[]; readonly at: number; readonly flag?: number }[] =
  [
    { names: ['Xing', 'Info'], at: 8, flag: 1 },
    { names: ['VBRI'], at: 14 },
  ];

/** The length as the first frame of an MP3 file says; undefined where it does not. */
function countedSeconds(head: Buffer, at: number): number | undefined {
  const frame = mpegFrame(head, at);
  if (!frame) {
    return undefined;
  }
  const first = head.subarray(at, at + frame.bytes);
  for (const { names, at: countAt, flag } of counts) {
    const place = Math.max(...names.map((name) => first.indexOf(name, 4, 'latin1')));
    if (place < 0 || place + countAt + 4 > first.length) {
      continue;
    }
    const isCounted = flag === undefined || (first.readUInt32BE(place + 4) & flag) !== 0;
    const count = isCounted ? first.readUInt32BE(place + countAt) : 0;
    if (count > 0) {
      return count * frame.seconds;
    }
  }
  return undefined;
}
