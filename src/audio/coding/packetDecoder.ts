/** Turns the packets of one sound track, in their order, into samples. */
export interface PacketDecoder {
  /** Of the samples that `decode` gives; what a container says may differ. */
  readonly sampleRate: number;
  readonly channels: number;
  /**
   * @returns one array for each channel, all of one length; it may be 0. They are the caller's to keep.
   * @throws DamagedPacket
   */
  decode(packet: Uint8Array): Float32Array[];
  /** Gives back what the garbage collector does not. */
  close(): void;
}
