import type * as vscode from 'vscode';
import { logLine } from '../../core/text';
import { redact, withBareAddresses } from '../../node/redact';
import type { Log } from '../../core/ports';

/** The output channel. Users send it to others, so it holds none of the concealed secrets, and none that links carry. */
export class HostLog implements Log {
  private readonly secrets = new Set<string>();

  constructor(private readonly channel: vscode.LogOutputChannel) {}

  /** Keeps a secret out of everything that is logged from now on. */
  conceal(secret: string): void {
    this.secrets.add(secret);
  }

  debug(message: string): void {
    this.channel.debug(this.redact(message));
  }

  info(message: string): void {
    this.channel.info(this.redact(message));
  }

  warn(message: string): void {
    this.channel.warn(this.redact(message));
  }

  error(message: string): void {
    this.channel.error(this.redact(message));
  }

  show(): void {
    this.channel.show();
  }

  private redact(message: string): string {
    let redacted = withBareAddresses(message);
    for (const secret of this.secrets) {
      redacted = redact(redacted, secret);
    }
    // Only now, since half a secret would not be found.
    return logLine(redacted);
  }
}
