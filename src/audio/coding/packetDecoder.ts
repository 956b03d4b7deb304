/** Turns the packets of one sound track, in their order, into samples. */
export interface PacketDecoder {
  /** Of the samples that `decode` gives; what a container says may differ. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Samples of which packets usually have whole multiples; 1 where packets are of any length. */
  readonly grain: number;
  /**
   * How much has to be decoded in front of a place for the sound there to be that of a decoder which began at the beginning:
   * to the bit, except where a codec says otherwise. At least as long as a packet.
   */
  readonly settlingSeconds: number;
  /**
   * @returns one array for each channel, all of one length; it may be 0. They are the caller's to keep.
   * @throws DamagedPacket
   */
  decode(packet: Uint8Array): Float32Array[];
  /**
   * Goes on to the next packet without decoding this one.
   *
   * @returns the length of what `decode` would have given
   * @throws DamagedPacket when the packet does not say how long it is
   */
  skip(packet: Uint8Array): number;
  /** Gives back what the garbage collector does not. */
  close(): void;
}
