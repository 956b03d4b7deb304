import { Failure } from '../../core/failures/failure';
import type { Service } from '../../core/jobs/jobContext';
import { Poller } from '../../core/jobs/poller';
import type { Clock, Log } from '../../core/ports';
import type { Connect, Connection } from '../services/connection';

interface OpenService {
  readonly connection: Promise<Connection>;
  readonly service: Promise<Service>;
  users: number;
}

export interface SharedServicesOptions {
  readonly connect: Connect;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

/** How one job uses a service. */
export interface ServiceUse {
  /** Opens the service with the first call. */
  open(): Promise<Service>;
  /** To be called once, at the end of the job. */
  release(): Promise<void>;
}

/** The services that jobs run at. All jobs of a service share its connection and its poller; the last one closes it. */
export class SharedServices {
  private readonly services = new Map<string, OpenService>();

  constructor(private readonly options: SharedServicesOptions) {}

  /** The use of a service by one job. */
  forJob(origin: string): ServiceUse {
    let used: OpenService | undefined;
    return {
      open: () => {
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

  /** Lets the next job open the service again, with the key that it has then. Jobs that use it now keep it to their end. */
  renew(origin: string): void {
    this.services.delete(origin);
  }

  private opened(origin: string): OpenService {
    const known = this.services.get(origin);
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
    this.services.set(origin, opened);
    // A service that cannot be opened now may be later, with another key.
    service.catch(() => this.forget(origin, opened));
    return opened;
  }

  private forget(origin: string, opened: OpenService): void {
    if (this.services.get(origin) === opened) {
      this.services.delete(origin);
    }
  }
}
