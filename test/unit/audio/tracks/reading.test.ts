import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFlac } from '../../../../src/audio/frames/flacFile';
import { findFrames } from '../../../../src/audio/frames/frameFile';
import { openFlacTrack } from '../../../../src/audio/tracks/flacTrack';
import { openFrameTrack } from '../../../../src/audio/tracks/frameTrack';
import { openRawTrack } from '../../../../src/audio/tracks/rawTrack';
import type { Track } from '../../../../src/audio/tracks/track';
import { fixturePath } from '../../../support/fixtures';
import { framesOf } from '../frames/files';
import { flacLoop } from '../loops';
import { dialogue, fixture } from '../signal';

/** A file that counts what is read of it. */
class CountedFile {
  bytesRead = 0;

  constructor(private readonly file: FileHandle) {}

  async read(buffer: Buffer, offset: number, length: number, position: number) {
    const result = await this.file.read(buffer, offset, length, position);
    this.bytesRead += result.bytesRead;
    return result;
  }

  stat() {
    return this.file.stat();
  }

  close() {
    return this.file.close();
  }
}

/** A track, and what a start in the middle of it reads. */
interface Counted {
  readonly track: Track;
  /** Reads half a second of sound, and what lies five seconds before it, and leaves. */
  readonly start: (seconds: number) => Promise<number>;
}

const repeat = (bytes: Uint8Array, times: number): Buffer =>
  Buffer.concat(Array.from({ length: times }, () => bytes));

const frameTrack = async (file: FileHandle, size: number): Promise<Track | undefined> => {
  const frames = await findFrames(file, size, size, 0);
  return frames === undefined || frames === 'freeFormat' ? undefined : openFrameTrack(file, frames);
};
const flacTrack = async (file: FileHandle, size: number): Promise<Track | undefined> => {
  const flac = await findFlac(file, size, size);
  return flac && openFlacTrack(file, flac);
};
const rawTrack = (file: FileHandle, size: number): Promise<Track> =>
  openRawTrack(file, { start: 0, bytes: size, format: 'pcm-s8', sampleRate: 8000, channels: 1 });

const mp3Frames = async (path: string): Promise<Buffer> =>
  Buffer.concat((await framesOf(readFileSync(path))).slice(1).map(({ data }) => data));

describe('what a start in the middle reads', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'steno-reading-'))));
  after(() => rmSync(folder, { recursive: true }));

  async function counted(
    contents: Buffer,
    openTrack: (file: FileHandle, size: number) => Promise<Track | undefined>,
  ): Promise<Counted> {
    const path = join(folder, 'recording');
    writeFileSync(path, contents);
    const file = new CountedFile(await open(path));
    const track = await openTrack(file as unknown as FileHandle, contents.length);
    assert.ok(track);
    return {
      track,
      async start(seconds) {
        const before = file.bytesRead;
        let length = 0;
        for await (const { channels } of track.decode(seconds, seconds + 5)) {
          length += channels[0]!.length;
          if (length > 5.5 * track.sampleRate) {
            break;
          }
        }
        return file.bytesRead - before;
      },
    };
  }

  it('is little of MP3 at one bit rate', async () => {
    // More than is counted when it is opened.
    const contents = repeat(await mp3Frames(dialogue), 280);
    const { track, start } = await counted(contents, frameTrack);
    assert.ok((await start(11_000)) < 2_000_000, `of ${contents.length} bytes`);
    assert.ok((await start(400)) < 200_000);
    await track.close();
  });

  it('is what lies before, once, of MP3 at several bit rates', async () => {
    const parts = await Promise.all([dialogue, fixturePath('voices/one-voice.mp3')].map(mp3Frames));
    const contents = repeat(Buffer.concat(parts), 180);
    const { track, start } = await counted(contents, frameTrack);
    const once = await start(7000);
    assert.ok(once > contents.length * 0.4 && once < contents.length * 0.6, `${once} of ${contents.length}`);
    assert.ok((await start(6950)) < 400_000);
    assert.ok((await start(300)) < 400_000);
    await track.close();
  });

  it('is little of ADTS of which the frames were counted when it was opened', async () => {
    const { track, start } = await counted(repeat(readFileSync(fixture('sweep.aac')), 600), frameTrack);
    assert.ok((await start(500)) < 400_000);
    await track.close();
  });

  it('is little of FLAC', async () => {
    const contents = flacLoop(30_000);
    const { track, start } = await counted(contents, flacTrack);
    assert.ok((await start(2000)) < 2_000_000, `of ${contents.length} bytes`);
    await track.close();
  });

  it('is what is wanted of uncompressed sound', async () => {
    const { track, start } = await counted(Buffer.alloc(8000 * 1000, 1), rawTrack);
    assert.ok((await start(900)) <= 3 * 4096);
    await track.close();
  });
});
