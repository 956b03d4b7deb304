import { asFailure, type Failure } from '../failures/failure';
import { retryDelayMs } from './retryTiming';
import type { Clock } from '../ports';

/** From one look to the next, whichever job it is at: 7500 in 5 minutes, of the 20 000 that AssemblyAI allows. */
const spacingMs = 40;
/** Looks under way at once: a service that does not answer gets no more of them. */
const mostOut = 8;
/** No look is put off for longer, even where the calendar was set back meanwhile; the longest pause takes 2 minutes. */
const longestAheadMs = 180_000;

/** What all looks at one service share: how close they come, and how long they pause when it has had too many. */
export class Pace {
  /** When the next look may begin. */
  private freeMs = 0;
  private out = 0;
  private pauses = 0;
  /** Pauses since a look last got through. */
  private refused = 0;

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {}

  /**
   * Looks as soon as it is its turn, and fails as the look does.
   * @throws the signal's reason when it is aborted before
   */
  async look<T>(look: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const pauses = await this.turn(signal);
    this.out++;
    try {
      const seen = await look();
      this.refused = pauses === this.pauses ? 0 : this.refused;
      return seen;
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (failure.kind === 'rateLimited') {
        this.pause(failure, pauses);
      }
      throw failure;
    } finally {
      this.out--;
    }
  }

  /** Waits for a turn, which a pause meanwhile takes away again. Returns how many pauses there were by then. */
  private async turn(signal: AbortSignal): Promise<number> {
    for (;;) {
      const { pauses } = this;
      const nowMs = this.clock.now();
      const atMs = Math.min(Math.max(nowMs, this.freeMs), nowMs + longestAheadMs);
      this.freeMs = atMs + spacingMs;
      await this.clock.sleep(atMs - nowMs, signal);
      if (pauses === this.pauses && this.out < mostOut) {
        return pauses;
      }
    }
  }

  /** The looks that were under way together are refused together, which counts once. */
  private pause(refusal: Failure, pausesBefore: number): void {
    if (pausesBefore === this.pauses) {
      this.refused++;
    }
    this.pauses++;
    const delayMs = retryDelayMs(refusal, this.refused, this.random());
    this.freeMs = Math.max(this.freeMs, this.clock.now() + delayMs);
  }
}
