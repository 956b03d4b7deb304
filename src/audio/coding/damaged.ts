/** A packet that cannot be decoded; the next one may be well. */
export class DamagedPacket extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'DamagedPacket';
  }
}
