import { Failure } from '../../core/failures/failure';
import { parseJson } from '../../core/parseJson';
import type { TranscriptOptions } from '../../core/request/request';
import type { HostLog } from '../platform/log';
import type { SessionSecrets } from './sessionSecrets';

/** A header of a webhook. Its value belongs to one address. */
export interface WebhookHeader {
  /** The address of the webhook. */
  readonly url: string;
  /** The name of the header, in upper or lower case. */
  readonly header: string;
}

/** The key of the list of names, since VS Code cannot list what is stored. */
const namesKey = 'webhookSecrets';
const keyOf = (name: string): string => `webhookSecret ${name}`;

/**
 * The secret values of headers that webhooks check. Each belongs to one address and one header, so that the preset of a
 * workspace cannot send it anywhere else, not even to another customer of the same server. They are kept in VS Code's
 * secret storage only, one by one, since several windows may store at once.
 */
export class WebhookSecrets {
  constructor(
    private readonly secrets: SessionSecrets,
    private readonly log: HostLog,
  ) {}

  /** Whether options name a header whose value is not stored. */
  async isMissing(options: TranscriptOptions): Promise<boolean> {
    const wanted = headerIn(options);
    return wanted !== undefined && (await this.get(wanted)) === undefined;
  }

  /**
   * The options as they are sent: with the value of the header that they name, and with the address of the webhook as Steno
   * understood it, so that the service cannot read another host in it.
   *
   * @throws Failure `webhookSecretMissing`
   */
  async addTo(asked: TranscriptOptions): Promise<TranscriptOptions> {
    const options = withPlainAddress(asked);
    const wanted = headerIn(options);
    if (wanted === undefined) {
      return options;
    }
    const value = await this.get(wanted);
    if (value === undefined) {
      throw new Failure('webhookSecretMissing', `No value of ${wanted.header} is stored`, {
        subject: hostOf(wanted.url) ?? wanted.url,
      });
    }
    return { ...options, webhook_auth_header_value: value };
  }

  /** @returns whether the value is kept when the window closes; until then it serves in any case */
  async store(webhook: WebhookHeader, value: string): Promise<boolean> {
    this.log.conceal(value);
    const name = nameOf(webhook);
    const isKept = await this.secrets.store(keyOf(name), value);
    await this.list(name);
    this.log.info(`Stored a value of the header ${webhook.header} for ${hostOf(webhook.url) ?? 'a webhook'}`);
    return isKept;
  }

  /**
   * The stored values, as names of address and header. Version 0.1 kept some by server and header.
   * @throws Failure `secretsUnavailable`
   */
  async names(): Promise<readonly string[]> {
    const listed: unknown = parsed((await this.secrets.read(namesKey)) ?? '');
    const names: readonly unknown[] = Array.isArray(listed) ? listed : [];
    return names.filter((name) => typeof name === 'string').sort();
  }

  /**
   * Removes a value.
   * @param name as `names` gives it
   * @throws Failure `secretsUnavailable`
   */
  async remove(name: string): Promise<void> {
    await this.secrets.delete(keyOf(name));
    const rest = (await this.names()).filter((other) => other !== name);
    await (rest.length === 0
      ? this.secrets.delete(namesKey)
      : this.secrets.store(namesKey, JSON.stringify(rest)));
    this.log.info('Removed the value of a header for a webhook');
  }

  private async get(webhook: WebhookHeader): Promise<string | undefined> {
    const name = nameOf(webhook);
    const value = await this.secrets.get(keyOf(name));
    if (value !== undefined) {
      this.log.conceal(value);
      // Another window may have written the list at the same time, without this name.
      await this.list(name);
    }
    return value;
  }

  private async list(name: string): Promise<void> {
    // A list that cannot be read now may name others, and must not be replaced.
    const names = await this.names().catch(() => undefined);
    if (names?.includes(name) === false) {
      await this.secrets.store(namesKey, JSON.stringify([...names, name]));
    }
  }
}

/** Undefined for text that is no JSON. */
function parsed(json: string): unknown {
  try {
    return parseJson(json);
  } catch {
    return undefined;
  }
}

/** Host and port of the webhook in options, or its address where that has no host; undefined without a webhook. */
export function webhookHostIn({ webhook_url: url }: TranscriptOptions): string | undefined {
  return typeof url === 'string' ? (hostOf(url) ?? url) : undefined;
}

function withPlainAddress(options: TranscriptOptions): TranscriptOptions {
  const { webhook_url: url } = options;
  return typeof url === 'string' && URL.canParse(url)
    ? { ...options, webhook_url: new URL(url).href }
    : options;
}

/** The header that options name for a webhook. */
export function headerIn(options: TranscriptOptions): WebhookHeader | undefined {
  const { webhook_url: url, webhook_auth_header_name: header } = options;
  return typeof url === 'string' && typeof header === 'string' ? { url, header } : undefined;
}

/** Host and port of an address; undefined for text that is no address. */
export function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}

/** `https://hooks.example.com/maria x-token`. Case does not matter in the names of headers. */
function nameOf({ url, header }: WebhookHeader): string {
  return `${URL.canParse(url) ? new URL(url).href : url} ${header.toLowerCase()}`;
}
