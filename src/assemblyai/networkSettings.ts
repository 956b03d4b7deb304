/** VS Code's settings `http.*`, by their names. */
export interface NetworkSettings {
  /** Address of the proxy; '' to use that of the environment. */
  readonly proxy: string;
  /** Hosts to reach without proxy; [] to use those of the environment, as VS Code does. */
  readonly noProxy: readonly string[];
  /** Value of the `Proxy-Authorization` header; null for none. */
  readonly proxyAuthorization: string | null;
  /**
   * Whether certificates are checked behind a proxy: that of the proxy, and that of the service, which an inspecting
   * proxy replaces.
   */
  readonly proxyStrictSSL: boolean;
  /** With `off`, no proxy is used at all. */
  readonly proxySupport: string;
  /** Whether the system's certificate authorities are trusted in addition to Node's own. */
  readonly systemCertificates: boolean;
}

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;
