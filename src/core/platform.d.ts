// The parts of the platform that core uses, and that Node and browsers have in common. Core is compiled without the
// types of either, so it can use nothing else. The signals and URLs of Node fit these types.

interface AbortSignal {
  throwIfAborted(): void;
}

declare class URL {
  static canParse(address: string): boolean;
  constructor(address: string);
  readonly hostname: string;
  readonly pathname: string;
}
