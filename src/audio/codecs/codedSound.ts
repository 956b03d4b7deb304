/** What a container says of a sound track. */
export interface CodedSound {
  /** As mediabunny names it. */
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
  /** What the codec itself wants to be known before the first packet. */
  readonly description: Uint8Array | undefined;
}
