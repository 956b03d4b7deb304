import type { PacketDecoder } from '../coding/packetDecoder';
import { Resampler } from '../sound/resampler';

/** How to decode frames that say by themselves what they are. */
export interface FrameCodec {
  /** @throws DamagedPacket, AacError or AudioError when the frame is not of a kind that is decoded */
  open(firstFrame: Uint8Array): PacketDecoder;
  /** Tells kinds of frames apart that need decoders of their own; undefined where there is no header. */
  kindOf(frame: Uint8Array): string | undefined;
}

/**
 * Decodes frames whose rate or channels change where recordings were joined: a broadcast in mono behind a jingle in stereo. What comes
 * out has the rate and the channels of the first frame.
 */
export class ChangingDecoder implements PacketDecoder {
  readonly sampleRate: number;
  readonly channels: number;
  readonly grain: number;
  readonly settlingPackets: number;
  private decoder: PacketDecoder;
  private kind: string | undefined;
  private resamplers: readonly Resampler[] = [];
  /** Whether the resamplers have what they await. */
  private isFilled = true;

  constructor(
    private readonly codec: FrameCodec,
    firstFrame: Uint8Array,
  ) {
    this.decoder = codec.open(firstFrame);
    this.kind = codec.kindOf(firstFrame);
    const { sampleRate, channels, grain, settlingPackets } = this.decoder;
    this.sampleRate = sampleRate;
    this.channels = channels;
    this.grain = grain;
    this.settlingPackets = settlingPackets;
  }

  decode(packet: Uint8Array): Float32Array[] {
    this.follow(packet);
    const decoded = this.decoder.decode(packet);
    return this.resamplers.length === 0 ? decoded : this.adapted(decoded);
  }

  skip(packet: Uint8Array): number {
    this.follow(packet);
    return this.adaptedLength(this.decoder.skip(packet));
  }

  forget(): void {
    this.decoder.forget();
  }

  close(): void {
    this.decoder.close();
  }

  /** Opens another decoder where a frame of another kind begins. */
  private follow(packet: Uint8Array): void {
    const kind = this.codec.kindOf(packet);
    if (kind === undefined || kind === this.kind) {
      return;
    }
    const next = this.codec.open(packet);
    this.decoder.close();
    this.decoder = next;
    this.kind = kind;
    const { sampleRate, channels } = next;
    const isSame = sampleRate === this.sampleRate && channels === this.channels;
    this.isFilled = isSame;
    this.resamplers = isSame
      ? []
      : Array.from({ length: this.channels }, () => new Resampler(sampleRate, this.sampleRate));
  }

  /**
   * A resampler awaits the neighbours of the last samples. The first packet is filled up in front, so that all are as long as their
   * frames say: they lie a millisecond late, but equally wherever decoding began.
   */
  private adapted(decoded: readonly Float32Array[]): Float32Array[] {
    const adapted = this.resamplers.map((resampler, channel) =>
      resampler.push(this.channelOf(decoded, channel)),
    );
    if (!this.isFilled) {
      this.isFilled = true;
      const length = this.adaptedLength(decoded[0]?.length ?? 0);
      return adapted.map((samples) => {
        const filled = new Float32Array(Math.max(length, samples.length));
        filled.set(samples, filled.length - samples.length);
        return filled;
      });
    }
    return adapted;
  }

  private adaptedLength(length: number): number {
    return Math.round((length * this.sampleRate) / this.decoder.sampleRate);
  }

  /** One channel stands for all, and the mean of all for one. */
  private channelOf(decoded: readonly Float32Array[], channel: number): Float32Array {
    const [first = new Float32Array(0)] = decoded;
    if (this.channels > 1 || decoded.length === 1) {
      return decoded[Math.min(channel, decoded.length - 1)] ?? first;
    }
    return first.map((_, i) => decoded.reduce((sum, each) => sum + (each[i] ?? 0), 0) / decoded.length);
  }
}
