import { asFailure, type Failure } from '../failures/failure';
import type { Clock } from '../ports';
import { retryDelayMs } from './retryTiming';

/** From one poll to the next, of any job: 7500 in 5 minutes, of the 20 000 that AssemblyAI allows. */
const spacingMs = 40;
/** Polls under way at once: a service that does not answer gets no more of them. */
const maxUnderWay = 8;
/** No poll is put off for longer, even where the calendar was set back. The longest pause takes 2 minutes. */
const longestAheadMs = 180_000;

/** What all polls of one service share: how close they follow each other, and how long they pause when it has had too many. */
export class Pace {
  /** When the next poll may begin. */
  private freeMs = 0;
  private underWay = 0;
  private pauses = 0;
  /** Pauses since a poll last got through. */
  private refused = 0;

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {}

  /**
   * Polls when its turn has come, and fails as the poll does.
   * @throws the signal's reason when it is aborted before that
   */
  async poll<T>(poll: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const pauses = await this.turn(signal);
    this.underWay++;
    try {
      const answer = await poll();
      this.refused = pauses === this.pauses ? 0 : this.refused;
      return answer;
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (failure.kind === 'rateLimited') {
        this.pause(failure, pauses);
      }
      throw failure;
    } finally {
      this.underWay--;
    }
  }

  /** Waits for a turn. A pause that begins meanwhile takes the turn away. @returns how many pauses there were by then */
  private async turn(signal: AbortSignal): Promise<number> {
    for (;;) {
      const { pauses } = this;
      const nowMs = this.clock.now();
      const atMs = Math.min(Math.max(nowMs, this.freeMs), nowMs + longestAheadMs);
      this.freeMs = atMs + spacingMs;
      await this.clock.sleep(atMs - nowMs, signal);
      if (pauses === this.pauses && this.underWay < maxUnderWay) {
        return pauses;
      }
    }
  }

  /** Polls that are under way together are refused together, which counts once. */
  private pause(refusal: Failure, pausesBefore: number): void {
    if (pausesBefore === this.pauses) {
      this.refused++;
    }
    this.pauses++;
    const delayMs = retryDelayMs(refusal, this.refused, this.random());
    this.freeMs = Math.max(this.freeMs, this.clock.now() + delayMs);
  }
}
