import type * as vscode from 'vscode';
import { Failure } from '../../core/failures/failure';
import type { TranscriptOptions } from '../../core/request/request';
import type { HostLog } from '../platform/log';

/** Where the value of a header belongs: to one server, whatever the path. */
export interface WebhookHeader {
  /** Address of the webhook. */
  readonly url: string;
  /** Name of the header, in any case. */
  readonly header: string;
}

/** Of the list of names, without which what is stored could not be shown. */
const namesKey = 'webhookSecrets';
const keyOf = (name: string): string => `webhookSecret ${name}`;

/**
 * Values of the headers by which webhooks know who calls. One is kept for a server and a header, so that the preset of
 * a workspace cannot have it sent anywhere else. They live in VS Code's secret storage only, each by itself: several
 * windows store at once.
 */
export class WebhookSecrets {
  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly log: HostLog,
  ) {}

  /** Whether options name a header whose value is not known. */
  async isMissing(options: TranscriptOptions): Promise<boolean> {
    const wanted = headerIn(options);
    return wanted !== undefined && (await this.get(wanted)) === undefined;
  }

  /**
   * The options as they are sent: with the value of the header that they name, and with the address of the webhook as
   * it was understood here, so that nobody takes it for another one.
   *
   * @throws Failure `webhookSecretMissing`
   */
  async complete(asked: TranscriptOptions): Promise<TranscriptOptions> {
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

  async store(webhook: WebhookHeader, value: string): Promise<void> {
    this.log.conceal(value);
    const name = nameOf(webhook);
    await this.secrets.store(keyOf(name), value);
    await this.list(name);
    this.log.info(`Stored a value of the header ${name}`);
  }

  /** What is stored, as the names of server and header for people. */
  async names(): Promise<readonly string[]> {
    const listed: unknown = parsed((await this.secrets.get(namesKey)) ?? '');
    const names: readonly unknown[] = Array.isArray(listed) ? listed : [];
    return names.filter((name) => typeof name === 'string').sort();
  }

  /** Forgets one, by what `names` calls it. */
  async remove(name: string): Promise<void> {
    await this.secrets.delete(keyOf(name));
    const rest = (await this.names()).filter((other) => other !== name);
    await (rest.length === 0
      ? this.secrets.delete(namesKey)
      : this.secrets.store(namesKey, JSON.stringify(rest)));
    this.log.info(`Removed the value of the header ${name}`);
  }

  private async get(webhook: WebhookHeader): Promise<string | undefined> {
    const name = nameOf(webhook);
    const value = await this.secrets.get(keyOf(name));
    if (value !== undefined) {
      this.log.conceal(value);
      // Another window may have written the list at the same time, without this one.
      await this.list(name);
    }
    return value;
  }

  private async list(name: string): Promise<void> {
    const names = await this.names();
    if (!names.includes(name)) {
      await this.secrets.store(namesKey, JSON.stringify([...names, name]));
    }
  }
}

/** Undefined for what is damaged. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Host and port of the webhook that options name, or its address where it has none; undefined without a webhook. */
export function webhookHostIn({ webhook_url: url }: TranscriptOptions): string | undefined {
  return typeof url === 'string' ? (hostOf(url) ?? url) : undefined;
}

function withPlainAddress(options: TranscriptOptions): TranscriptOptions {
  const { webhook_url: url } = options;
  return typeof url === 'string' && URL.canParse(url)
    ? { ...options, webhook_url: new URL(url).href }
    : options;
}

/** The header of a webhook that options name. */
export function headerIn(options: TranscriptOptions): WebhookHeader | undefined {
  const { webhook_url: url, webhook_auth_header_name: header } = options;
  return typeof url === 'string' && typeof header === 'string' ? { url, header } : undefined;
}

/** Host and port of an address; undefined where it is none. */
export function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}

/** `https://hooks.example.com x-token`; header names have no case. */
function nameOf({ url, header }: WebhookHeader): string {
  const origin = URL.canParse(url) ? new URL(url).origin : url;
  // Other schemes have no origin of their own.
  return `${origin === 'null' ? url : origin} ${header.toLowerCase()}`;
}
