import {
  ALL_FORMATS,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  FilePathSource,
  FilePathTarget,
  Input,
  Output,
  type EncodedPacket,
  type OutputFormat,
} from 'mediabunny';
import { readFileSync } from 'node:fs';
import { crc16, crc8 } from '../../../src/audio/codecs/flac/crc';
import { fixturePath } from '../../support/fixtures';
import { fixture } from './signal';

/** How a recording differs from a plain repetition of its fixture. */
interface Differences {
  /** Whether a packet is written. */
  readonly keeps?: (number: number) => boolean;
  /** How much later a packet is said to begin, in seconds. */
  readonly lateness?: (number: number) => number;
}

/** Repeats the packets of a fixture until they take so many seconds, and writes them into a container. */
export async function writeLoop(
  path: string,
  format: OutputFormat,
  name: string,
  seconds: number,
  { keeps = () => true, lateness = () => 0 }: Differences = {},
): Promise<void> {
  const input = new Input({ source: new FilePathSource(fixturePath(name)), formats: ALL_FORMATS });
  const [track] = await input.getAudioTracks();
  const packets: EncodedPacket[] = [];
  for await (const packet of new EncodedPacketSink(track!).packets()) {
    packets.push(packet);
  }
  // The last packet may be cut short, and what is said of its length with it.
  const length = Math.max(...packets.map(({ duration }) => duration));
  const decoderConfig = (await track!.getDecoderConfig())!;
  const output = new Output({ format, target: new FilePathTarget(path) });
  const sound = new EncodedAudioPacketSource((await track!.getCodec())!);
  output.addAudioTrack(sound);
  await output.start();
  for (let number = 0; number * length < seconds; number++) {
    if (keeps(number)) {
      const timestamp = number * length + lateness(number);
      const packet = packets[number % packets.length]!;
      await sound.add(packet.clone({ timestamp, duration: length }), { decoderConfig });
    }
  }
  await output.finalize();
  input.dispose();
}

/** Repeats the frames of the FLAC fixture, each with its own number: so many, each of 576 samples at 8 kHz. */
export function flacLoop(count: number): Buffer {
  const flac = readFileSync(fixture('sweep.flac'));
  const { head, frames } = flacFrames(flac);
  const long = Array.from({ length: count }, (_, number) =>
    numbered(frames[number % frames.length]!, number),
  );
  return Buffer.concat([head, ...long]);
}

/** What comes before the fixture's frames, and those that are followed by one of the same length. */
export function flacFrames(flac: Buffer): { readonly head: Buffer; readonly frames: readonly Buffer[] } {
  const starts: number[] = [];
  for (let at = flac.indexOf('fff8', 42, 'hex'); at >= 0; at = flac.indexOf('fff8', at + 1, 'hex')) {
    if (crc8(flac.subarray(at, at + 5)) === flac[at + 5] && flac[at + 4] === starts.length) {
      starts.push(at);
    }
  }
  const frames = starts.slice(0, -1).map((start, i) => flac.subarray(start, starts[i + 1]));
  return { head: flac.subarray(0, starts[0]), frames };
}

/** Puts another number in the place of one of a single byte. RFC 9639, section 9.1.5. */
export function numbered(frame: Buffer, number: number): Buffer {
  const code = Buffer.from(String.fromCodePoint(number), 'utf8');
  const header = Buffer.concat([frame.subarray(0, 4), code]);
  const contents = frame.subarray(6, -2);
  const bytes = Buffer.concat([header, Buffer.of(crc8(header)), contents]);
  const checksum = Buffer.alloc(2);
  checksum.writeUInt16BE(crc16(bytes));
  return Buffer.concat([bytes, checksum]);
}
