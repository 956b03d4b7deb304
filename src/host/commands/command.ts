/** The handler of a command, with the arguments that VS Code passes. */
export type Command = (...args: readonly unknown[]) => Promise<unknown>;
