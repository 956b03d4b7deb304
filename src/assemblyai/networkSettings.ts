/** VS Code's `http.*` settings, under their own names. */
export interface NetworkSettings {
  /** '' when not set, which leaves it to the environment. */
  readonly proxy: string;
  /** Empty leaves it to the environment, as VS Code does. */
  readonly noProxy: readonly string[];
  /** The whole value of the `Proxy-Authorization` header. */
  readonly proxyAuthorization: string | null;
  /** False takes any certificate where there is a proxy: its own, and what an inspecting one shows for the service. */
  readonly proxyStrictSSL: boolean;
  /** With `off` no proxy is used, whoever names one. */
  readonly proxySupport: string;
  /** Whether the system's authorities are trusted beside Node's own. */
  readonly systemCertificates: boolean;
}

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;
