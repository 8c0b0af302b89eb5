/** How to reach one Consul agent. Nothing here is read from the environment or from files: the configuration does that. */
export interface ConsulAddressOptions {
  /** As in `CONSUL_HTTP_ADDR`: `127.0.0.1:8500`, `http://host:port`, `https://host`, `https://host/prefix`, `unix:///run/consul.sock`. */
  readonly address: string;
  /** Asked for each request, so that a token may change while Lictor runs. */
  readonly token?: () => string | null;
  /** `CONSUL_HTTP_AUTH`: `user:password`. */
  readonly basicAuth?: string;
  readonly tls?: ConsulTlsOptions;
}

export interface ConsulTlsOptions {
  /** `CONSUL_HTTP_SSL`: https even where the address does not say so. */
  readonly enabled?: boolean;
  /** `CONSUL_HTTP_SSL_VERIFY`; true where it is absent. */
  readonly verify?: boolean;
  /** PEM texts of `CONSUL_CACERT` or of the files in `CONSUL_CAPATH`; the system's authorities where absent. */
  readonly ca?: readonly string[];
  /** PEM texts of `CONSUL_CLIENT_CERT` and `CONSUL_CLIENT_KEY`. */
  readonly clientCert?: string;
  readonly clientKey?: string;
  /** `CONSUL_TLS_SERVER_NAME`: the name that the certificate must carry. */
  readonly serverName?: string;
}

export interface ConsulAddress {
  readonly secure: boolean;
  /** Host name or IP address, an IPv6 one without its brackets. */
  readonly host: string;
  readonly port: number;
  readonly socketPath: string | null;
  /** Put before every path; empty, or with a leading and without a trailing slash. */
  readonly pathPrefix: string;
  /** For sentences and logs; never with a password. */
  readonly shown: string;
}

/**
 * Reads an address as Consul's own clients do: https wins once it was asked for, a missing port is the scheme's.
 * @throws Error with a sentence that says what is wrong with the address.
 */
export function parseConsulAddress(address: string, tlsEnabled = false): ConsulAddress {
  if (address.startsWith('unix://')) {
    const socketPath = address.slice('unix://'.length);
    if (!socketPath.startsWith('/')) {
      throw new Error(`The Consul address "${address}" names no absolute path; write it as unix:///path/to/socket.`);
    }
    return { secure: false, host: 'localhost', port: 80, socketPath, pathPrefix: '', shown: address };
  }
  const url = parseUrl(address);
  const secure = tlsEnabled || url.protocol === 'https:';
  // The URL drops the default port of its own scheme, which is not the one used when https was asked for apart.
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const pathPrefix = url.pathname.replace(/\/+$/, '');
  return {
    secure,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    socketPath: null,
    pathPrefix,
    shown: `${secure ? 'https' : 'http'}://${url.hostname}:${port}${pathPrefix}`,
  };
}

function parseUrl(address: string): URL {
  const withScheme = address.includes('://') ? address : `http://${address}`;
  let url: URL;
  try {
    url = new URL(withScheme);
  } catch {
    throw new Error('The Consul address is not an address; write it as host:port, http://host:port or unix:///path.');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Error(`The Consul address has the scheme "${url.protocol}"; only http, https and unix are known.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new Error('The Consul address carries a user name; give it apart (CONSUL_HTTP_AUTH), so that no log shows it.');
  }
  return url;
}
