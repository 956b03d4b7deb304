/**
 * Takes the place of VS Code's native log writer (`@vscode/spdlog`), which npm delivers as source: without one, the
 * Output panel and every log file stay empty. `prepare` copies the compiled file, so it imports none of our modules.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'] as const;
type Level = (typeof levels)[number];

let defaultLevel = levels.indexOf('info');

export const version = 0;

export function setLevel(level: number): void {
  defaultLevel = level;
}

export function setFlushOn(): void {
  // Every message is written at once.
}

export class Logger {
  private level = defaultLevel;
  private raw = false;

  constructor(
    _kind: string,
    readonly name: string,
    private readonly file: string,
  ) {
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, '');
  }

  trace = (message: string): void => this.write('trace', message);
  debug = (message: string): void => this.write('debug', message);
  info = (message: string): void => this.write('info', message);
  warn = (message: string): void => this.write('warning', message);
  error = (message: string): void => this.write('error', message);
  critical = (message: string): void => this.write('critical', message);

  getLevel(): number {
    return this.level;
  }

  setLevel(level: number): void {
    this.level = level;
  }

  setPattern(): void {
    this.raw = false;
  }

  clearFormatters(): void {
    this.raw = true;
  }

  flush(): void {
    // Nothing is held back.
  }

  drop(): void {
    // No file is held open.
  }

  private write(level: Level, message: string): void {
    if (levels.indexOf(level) >= this.level) {
      appendFileSync(this.file, this.raw ? message : `${timestamp()} [${level}] ${message}\n`);
    }
  }
}

/** Local time as the Output panel shows it: 2026-11-22 09:30:00.123. */
function timestamp(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000)
    .toISOString()
    .replace('T', ' ')
    .slice(0, -1);
}

export function createRotatingLogger(name: string, file: string): Promise<Logger> {
  return Promise.resolve(new Logger('rotating', name, file));
}

export const createAsyncRotatingLogger = createRotatingLogger;
