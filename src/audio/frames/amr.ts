import type { FileHandle } from 'node:fs/promises';
import { countFrames, type FrameLength } from './countFrames';

/**
 * The two kinds of Adaptive Multi-Rate, the codec of telephones: how their files begin, and how many bytes follow the header of
 * each kind of frame. The last kind describes silence. RFC 4867, section 5; 3GPP TS 26.101 and 26.201.
 */
const kinds: readonly { readonly signature: string; readonly sizes: readonly number[] }[] = [
  { signature: '#!AMR-WB\n', sizes: [17, 23, 32, 36, 40, 46, 50, 58, 60, 5] },
  { signature: '#!AMR\n', sizes: [12, 13, 15, 17, 19, 20, 26, 31, 5] },
];
/** The kind of an empty frame. */
const nothing = 15;

/**
 * How long an AMR file is, in seconds; undefined for files that are damaged, or of another kind.
 *
 * @param contentsBytes where its last byte other than 0 ends; behind that, zeros would be taken for frames
 */
export async function amrSeconds(
  file: FileHandle,
  head: Buffer,
  contentsBytes: number,
): Promise<number | undefined> {
  const kind = kinds.find(({ signature }) => head.toString('latin1', 0, signature.length) === signature);
  return kind && countFrames(file, kind.signature.length, contentsBytes, 1, frameLength(kind.sizes));
}

function frameLength(sizes: readonly number[]): (header: Uint8Array) => FrameLength | undefined {
  return ([header = 0xff]) => {
    const kind = (header >> 3) & 15;
    const size = kind === nothing ? 0 : sizes[kind];
    return size === undefined || (header & 0x83) !== 0 ? undefined : { bytes: 1 + size, seconds: 0.02 };
  };
}
