/** What a command does with the arguments that VS Code hands it. */
export type Command = (...args: readonly unknown[]) => Promise<unknown>;
