import { readHeaderFrame } from './headerFrame';
import type { BlockReader } from './blockReader';
import { FrameClock } from './frameClock';
import { headerBytes, longestFrame, readSpan } from './frameSpan';
import { readFrames, type Frame, type Place } from './readFrames';
import { findSteadyFrame, steadyFrames, type SteadyFrames } from './steadyFrames';

/** A place from which frames can be read on. */
export interface FramePlace {
  /** Where the next frame is expected. */
  readonly position: number;
  /** The frame before it; undefined at the beginning, and where a frame is known to begin at the place. */
  readonly before: Place | undefined;
  /** The clock at this place. */
  readonly clock: FrameClock;
}

/** How many bytes lie between places that are remembered, at least. */
const bytesBetween = 2 ** 16;
/** How many bytes are read at once to count headers. */
const walkBytes = 2 ** 18;

/**
 * Finds the frame of a second in a file that has no index.
 *
 * Where all frames have one bit rate, as in most MP3 files, the place of a frame follows from its number. A check of some places
 * all over the file shows whether that holds. In all other files (VBR, AAC) only counting tells the number of a frame: the table
 * in a Xing header is exact to some seconds at best. So the headers are counted from the beginning, as far as a search needs,
 * and places on the way are remembered for the next one. Two hours take a quarter of a second, if the disk is fast enough.
 */
export class FrameIndex {
  /** Where the first frame begins. */
  readonly beginning: FramePlace;
  private readonly places: FramePlace[];
  /** How far the frames are counted. */
  private counted: FramePlace;
  private steady: Promise<SteadyFrames | undefined> | undefined;
  private walking: Promise<void> = Promise.resolve();
  private isComplete = false;

  /**
   * @param firstFrames of the file, at least one
   * @param end where the frames end in the file
   * @param mayBeSteady false where something is known to have been cut off or joined
   */
  constructor(
    private readonly newReader: () => BlockReader,
    private readonly firstFrames: readonly Frame[],
    private readonly end: number,
    private readonly mayBeSteady: boolean,
  ) {
    this.beginning = {
      position: firstFrames[0]?.position ?? 0,
      before: undefined,
      clock: new FrameClock(),
    };
    this.places = [this.beginning];
    this.counted = this.beginning;
  }

  /** @returns a place at or before that second; the first frame with sound begins at 0 */
  async placeBefore(seconds: number): Promise<FramePlace> {
    return (await this.steadyPlace(seconds)) ?? (await this.countedPlace(seconds));
  }

  /** @returns how long all frames are, in seconds, each of them counted */
  async countedSeconds(): Promise<number> {
    await this.countedPlace(Infinity);
    return this.counted.clock.seconds;
  }

  /** @returns how long all frames are, in seconds, by their bit rate; undefined where they have several */
  async steadySeconds(): Promise<number | undefined> {
    const frames = await this.steadyFrames();
    return frames && Math.round((this.end - frames.start) / frames.bytesPerFrame) * frames.secondsPerFrame;
  }

  private async steadyPlace(seconds: number): Promise<FramePlace | undefined> {
    const frames = await this.steadyFrames();
    const found = frames && (await findSteadyFrame(this.newReader(), frames, seconds, this.end));
    return found && { ...found, before: undefined };
  }

  private steadyFrames(): Promise<SteadyFrames | undefined> {
    this.steady ??= this.mayBeSteady
      ? steadyFrames(
          this.newReader(),
          this.firstFrames.filter(({ data }) => !readHeaderFrame(data)),
          this.end,
        )
      : Promise.resolve(undefined);
    return this.steady;
  }

  private async countedPlace(seconds: number): Promise<FramePlace> {
    // One search after the other, or two of them would count the same frames.
    this.walking = this.walking.catch(() => undefined).then(() => this.walk(seconds));
    await this.walking;
    return [...this.places, this.counted].findLast(({ clock }) => clock.seconds <= seconds) ?? this.beginning;
  }

  /** Counts on up to that second. */
  private async walk(seconds: number): Promise<void> {
    const reader = this.newReader();
    while (this.counted.clock.seconds <= seconds && !this.isComplete) {
      const next =
        (await this.walkEvenly(reader, this.counted)) ?? (await this.walkOver(reader, this.counted));
      this.isComplete = next === undefined;
      this.counted = next ?? this.counted;
    }
  }

  /**
   * Counts frames that follow each other without a gap, and remembers places on the way.
   *
   * @returns the place behind them; undefined where there are none
   */
  private async walkEvenly(reader: BlockReader, from: FramePlace): Promise<FramePlace | undefined> {
    const ahead = await reader.readAhead(from.position, longestFrame, walkBytes);
    const window = ahead.subarray(0, this.end - from.position);
    const clock = from.clock.copy();
    let { before } = from;
    let at = 0;
    while (before) {
      const span = readSpan(window.subarray(at, at + headerBytes));
      if (span?.stream !== before.span.stream || at + span.bytes > window.length) {
        break;
      }
      if (!isHeaderFrame(window.subarray(at, at + span.bytes))) {
        clock.pass(span);
      }
      before = { position: from.position + at, span };
      at += span.bytes;
      this.remember(from.position + at, before, clock);
    }
    return at === 0 ? undefined : { position: from.position + at, before, clock };
  }

  /** @returns the place behind the next frame, wherever that is; undefined at the end */
  private async walkOver(reader: BlockReader, from: FramePlace): Promise<FramePlace | undefined> {
    for await (const frame of readFrames(reader, from.position, this.end, 0, from.before)) {
      const clock = from.clock.copy();
      const { position, span } = frame;
      clock.passLost(span, clock.lostBefore(frame));
      if (!readHeaderFrame(frame.data)) {
        clock.pass(span);
      }
      const place = { position: position + span.bytes, before: { position, span }, clock };
      this.remember(place.position, place.before, clock);
      return place;
    }
    return undefined;
  }

  private remember(position: number, before: Place, clock: FrameClock): void {
    if (position - (this.places.at(-1)?.position ?? 0) >= bytesBetween) {
      this.places.push({ position, before, clock: clock.copy() });
    }
  }
}

/** Where the names of header frames stand, and the letters that they begin with. See `readHeaderFrame`. */
const nameStarts = [13, 21, 36];
const initials = new Set(Buffer.from('XIV', 'latin1'));

function isHeaderFrame(frame: Uint8Array): boolean {
  return nameStarts.some((at) => initials.has(frame[at] ?? 0)) && readHeaderFrame(frame) !== undefined;
}
