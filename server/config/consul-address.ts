import { type ConsulTlsSettings, consulTlsSettings } from './consul-tls';
import { SettingsError } from './settings-error';
import { type Environment, fileContents, flag, text } from './variables';

/** How to reach Consul, as Consul's own variables say it. */
export interface ConsulSettings {
  /** `http://host:port`, `https://host:port` or `unix:///path`; without user information. */
  readonly address: string;
  readonly token: string | null;
  readonly tokenFile: string | null;
  /** `user:password` of HTTP basic authentication. */
  readonly basicAuth: string | null;
  readonly tls: ConsulTlsSettings;
}

/** Reads `CONSUL_HTTP_*` and its TLS companions with Consul's own meaning and defaults (127.0.0.1:8500, plain HTTP). */
export function consulSettings(env: Environment): ConsulSettings {
  const ssl = flag(env, 'CONSUL_HTTP_SSL', false);
  const { address, basicAuth } = parseAddress(
    'CONSUL_HTTP_ADDR',
    text(env, 'CONSUL_HTTP_ADDR') ?? '127.0.0.1:8500',
    ssl,
  );
  const tokenFile = text(env, 'CONSUL_HTTP_TOKEN_FILE');
  // Read once here so that a wrong path is a start-up error; the transport reads it again when it changes.
  fileContents(env, 'CONSUL_HTTP_TOKEN_FILE');
  return {
    address,
    token: text(env, 'CONSUL_HTTP_TOKEN'),
    tokenFile,
    basicAuth: text(env, 'CONSUL_HTTP_AUTH') ?? basicAuth,
    tls: consulTlsSettings(env),
  };
}

/**
 * @param setting what an error names: the variable, and the place in its file where it has one
 * @throws SettingsError without what may be a password
 */
export function parseAddress(
  setting: string,
  value: string,
  ssl: boolean,
): Pick<ConsulSettings, 'address' | 'basicAuth'> {
  if (value.startsWith('unix://')) return { address: value, basicAuth: null };
  const withScheme = /^https?:\/\//.test(value) ? value : `http://${value}`;
  let url: URL;
  try {
    url = new URL(withScheme);
  } catch {
    throw new SettingsError(
      setting,
      `is "${value.replace(/[^/]*@/, '')}"; it takes host:port, http(s)://host:port or unix:///path.`,
    );
  }
  if (url.pathname !== '/' || url.search || url.hash) {
    throw new SettingsError(setting, 'takes an address without a path or query.');
  }
  const basicAuth = basicAuthOf(setting, url);
  const secure = ssl || url.protocol === 'https:';
  const port = url.port || portOf(withScheme);
  return { address: `${secure ? 'https' : 'http'}://${url.hostname}:${port}`, basicAuth };
}

function basicAuthOf(setting: string, { username, password }: URL): string | null {
  if (username === '') return null;
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } catch {
    throw new SettingsError(setting, 'has a user or password whose % is not the start of an escape: write %25.');
  }
}

/** `URL` drops a port that is its scheme's default; an address without any takes that default, as Go's client does. */
const portOf = (address: string): string => (address.startsWith('https:') ? '443' : '80');
