// The only parts of the platform that core needs and that Node and the browser share. Core is compiled
// without their types, so that nothing else of them can creep in; real signals are accepted against these.

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
}

declare class URL {
  static canParse(address: string): boolean;
  constructor(address: string);
  readonly protocol: string;
  readonly hostname: string;
  readonly pathname: string;
}
