/** Turns the packets of one sound track, in their order, into samples. */
export interface PacketDecoder {
  /** Of the samples that `decode` gives; what a container says may differ. */
  readonly sampleRate: number;
  readonly channels: number;
  /** How many samples a packet usually has, or a divisor of that; 1 where packets have any length. */
  readonly grain: number;
  /**
   * How many packets have to be decoded before one for its samples to be those that decoding from the first packet gives. They
   * are the same bit for bit, except in Opus.
   */
  readonly settlingPackets: number;
  /**
   * @returns one array for each channel, all of one length; it may be 0. They are the caller's to keep.
   * @throws DamagedPacket
   */
  decode(packet: Uint8Array): Float32Array[];
  /**
   * Passes over a packet without decoding it.
   *
   * @returns how many samples of each channel `decode` would have given
   * @throws DamagedPacket when the packet does not say how long it is
   */
  skip(packet: Uint8Array): number;
  /**
   * Forgets the packets so far, since some are missing behind them. What follows a gap is then the same wherever decoding began.
   * Opus does not forget: its decoder goes on better from what it knows.
   */
  forget(): void;
  /** Gives back what the garbage collector does not. */
  close(): void;
}
