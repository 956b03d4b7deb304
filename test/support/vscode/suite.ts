/** A suite for an extension host: a module that exports `run(): Promise<void>`. */
export interface HostSuite {
  readonly extensionDevelopmentPath: string;
  readonly extensionTestsPath: string;
  /** The folder that is open. */
  readonly workspace: string;
  /** Reaches the extension host's `process.env`. */
  readonly env: Readonly<Record<string, string>>;
}
