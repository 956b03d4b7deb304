import type { Connect, Connection } from '../services/connection';
import { Failure } from '../../core/failures/failure';
import type { Service } from '../../core/jobs/jobContext';
import { Poller } from '../../core/jobs/poller';
import type { Clock, Log } from '../../core/ports';

interface OpenService {
  readonly connection: Promise<Connection>;
  readonly service: Promise<Service>;
  users: number;
}

export interface ServicesOptions {
  readonly connect: Connect;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

/** The services that jobs run at: each is opened with its first job and closed after its last, and polled by one poller. */
export class Services {
  private readonly open = new Map<string, OpenService>();

  constructor(private readonly options: ServicesOptions) {}

  /**
   * A way to a service for one job. `use` opens it when it is needed first; `release` is called once, at the job's
   * end.
   */
  forJob(origin: string): { use(): Promise<Service>; release(): Promise<void> } {
    let used: OpenService | undefined;
    return {
      use: () => {
        used ??= this.opened(origin);
        return used.service;
      },
      release: async () => {
        if (used !== undefined && --used.users === 0) {
          this.forget(origin, used);
          await used.connection.then((connection) => connection.close()).catch(() => undefined);
        }
      },
    };
  }

  /** The next job opens it anew, with the key of that time; jobs that use it now keep it to their end. */
  renew(origin: string): void {
    this.open.delete(origin);
  }

  private opened(origin: string): OpenService {
    const known = this.open.get(origin);
    if (known !== undefined) {
      known.users++;
      return known;
    }
    const { connect, clock, random, log } = this.options;
    const connection = connect(origin);
    const service = connection.then(({ api }) => {
      if (api.origin !== origin) {
        throw new Failure('unexpected', `Opened ${api.origin} instead of ${origin}`);
      }
      return { api, poller: new Poller({ api, clock, random, log }) };
    });
    const opened = { connection, service, users: 1 };
    this.open.set(origin, opened);
    // What cannot be opened now may be later, with a key.
    service.catch(() => this.forget(origin, opened));
    return opened;
  }

  private forget(origin: string, opened: OpenService): void {
    if (this.open.get(origin) === opened) {
      this.open.delete(origin);
    }
  }
}
