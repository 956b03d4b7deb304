import { seededRandom } from '../seededRandom';
import { faults, type Fault } from './faults';
import type { ServerRoute } from './routes';

export interface RandomFaultsOptions {
  readonly seed: number;
  /** Share of requests with a fault, 0 to 1. */
  readonly share: number;
  /** The server's clock, ms since 1970. */
  readonly now: () => number;
}

/** A fault, and how much of an upload the server reads before it. */
type Trouble = (bytes: number, nowMs: number) => Fault;

/** The smallest upload in tests, in bytes. */
const maxBytesRead = 4096;

/** Faults that any request can have. */
const common: Readonly<Record<string, Trouble>> = {
  '429': () => faults.rateLimited(),
  '429, seconds': () => faults.rateLimited(2),
  '429, date': (_, nowMs) => faults.rateLimited(new Date(nowMs + 2000).toUTCString()),
  '403': () => faults.forbiddenByRate(),
  '500': () => faults.serverError(),
  '502, HTML': () => faults.badGateway(),
  '503': () => faults.overloaded(),
  '504': () => faults.gatewayTimeout(),
  reset: () => faults.dropBeforeEffect(),
  'half an answer': () => faults.garbled(false),
  'no answer': () => faults.silence(),
};

const ofUploads: Readonly<Record<string, Trouble>> = {
  'reset midway': (bytes) => faults.dropAfterBytes(bytes),
  'reset after its effect': () => faults.dropAfterEffect(),
  stall: (bytes) => faults.stall(bytes),
  'early 413': (bytes) => faults.early(413, 'Payload Too Large', bytes),
  'early 401': (bytes) => faults.early(401, 'Authentication error, API token missing/invalid', bytes),
};

/** Faults of a submit whose job is started and whose response gets lost. */
const ofSubmits: Readonly<Record<string, Trouble>> = {
  'reset after its effect': () => faults.dropAfterEffect(),
  '500 after its effect': () => faults.serverErrorAfterEffect(),
  '504 after its effect': () => faults.gatewayTimeout(true),
  'half an answer after its effect': () => faults.garbled(),
  'no answer after its effect': () => faults.silence(true),
};

function troublesOf(route: ServerRoute): readonly (readonly [name: string, trouble: Trouble])[] {
  const own = route === 'upload' ? ofUploads : route === 'submit' ? ofSubmits : {};
  return Object.entries({ ...common, ...own });
}

/** Chooses among all faults with equal probability, and counts them. For `faultBy`. */
export class RandomFaults {
  /** How often each fault occurred, by route and name. */
  readonly counts = new Map<string, number>();
  private readonly random: () => number;

  constructor(private readonly options: RandomFaultsOptions) {
    this.random = seededRandom(options.seed);
  }

  /** How many faults occurred. */
  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** A table of the faults, to be read. */
  print(title: string): void {
    console.log(title);
    for (const [name, times] of [...this.counts].sort()) {
      console.log(`        ${String(times).padStart(5)}  ${name}`);
    }
  }

  readonly next = (route: ServerRoute | undefined): Fault | undefined => {
    if (route === undefined || this.random() >= this.options.share) {
      return undefined;
    }
    const troubles = troublesOf(route);
    const [name, trouble] = troubles[Math.floor(this.random() * troubles.length)]!;
    const label = `${route}: ${name}`;
    this.counts.set(label, (this.counts.get(label) ?? 0) + 1);
    return trouble(1 + Math.floor(this.random() * maxBytesRead), this.options.now());
  };
}
