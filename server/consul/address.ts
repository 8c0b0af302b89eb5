/** How to reach one Consul agent, as the settings hold it. */
export interface ConsulAddressOptions {
  /** `http://host:port`, `https://host:port` or `unix:///path/to/socket`; without user information. */
  readonly address: string;
  /** Asked for each request, so that a token may change while Lictor runs. */
  readonly token?: () => string | null;
  /** `user:password` of HTTP basic authentication. */
  readonly basicAuth?: string | null;
  readonly tls?: ConsulTlsOptions;
  /** Told a sentence when certificate files have changed and cannot be used, and when Consul refuses connections. */
  readonly warn?: (sentence: string) => void;
}

/** Paths of PEM files, read again for new connections when they change. */
export interface ConsulTlsOptions {
  readonly verify: boolean;
  readonly caFile: string | null;
  /** A directory whose files are all authorities. */
  readonly caPath: string | null;
  readonly certFile: string | null;
  readonly keyFile: string | null;
  /** The name that the certificate must carry, where it is not the address's. */
  readonly serverName: string | null;
}

export interface ConsulEndpoint {
  readonly secure: boolean;
  /** Host name or IP address, an IPv6 one without its brackets. */
  readonly host: string;
  readonly port: number;
  readonly socketPath: string | null;
}

/** On this machine: what goes there crosses no network. */
export function isLoopback({ host, socketPath }: ConsulEndpoint): boolean {
  return socketPath !== null || host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** @throws TypeError where the address is no URL; the settings have checked it before. */
export function endpointOf(address: string): ConsulEndpoint {
  if (address.startsWith('unix://')) {
    return { secure: false, host: 'localhost', port: 80, socketPath: address.slice('unix://'.length) };
  }
  const url = new URL(address);
  const secure = url.protocol === 'https:';
  return {
    secure,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    socketPath: null,
  };
}
