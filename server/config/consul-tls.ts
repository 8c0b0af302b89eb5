import { readdirSync } from 'node:fs';
import { tryAuthority, tryPem } from './pem';
import { SettingsError } from './settings-error';
import { type Environment, fileContents, flag, text } from './variables';

/** Paths of PEM files, found usable at start; who connects reads them again when they change. */
export interface ConsulTlsSettings {
  readonly verify: boolean;
  readonly caFile: string | null;
  /** A directory whose files are all authorities. */
  readonly caPath: string | null;
  readonly certFile: string | null;
  readonly keyFile: string | null;
  readonly serverName: string | null;
}

/** Reads the TLS companions of `CONSUL_HTTP_ADDR`, and tries the files: a broken one is better known at start than at the first request. */
export function consulTlsSettings(env: Environment): ConsulTlsSettings {
  const authority = fileContents(env, 'CONSUL_CACERT');
  const certificate = fileContents(env, 'CONSUL_CLIENT_CERT');
  const key = fileContents(env, 'CONSUL_CLIENT_KEY');
  if (authority) tryAuthority('CONSUL_CACERT', authority.path, authority.contents);
  if (certificate) tryPem('CONSUL_CLIENT_CERT', certificate.path, { cert: certificate.contents });
  if (certificate && !key) throw new SettingsError('CONSUL_CLIENT_KEY', 'is missing: it goes with CONSUL_CLIENT_CERT.');
  if (key && !certificate) throw new SettingsError('CONSUL_CLIENT_CERT', 'is missing: it goes with CONSUL_CLIENT_KEY.');
  if (certificate && key) tryPem('CONSUL_CLIENT_KEY', key.path, { cert: certificate.contents, key: key.contents });
  return {
    verify: flag(env, 'CONSUL_HTTP_SSL_VERIFY', true),
    caFile: authority?.path ?? null,
    caPath: folder(env, 'CONSUL_CAPATH'),
    certFile: certificate?.path ?? null,
    keyFile: key?.path ?? null,
    serverName: text(env, 'CONSUL_TLS_SERVER_NAME'),
  };
}

function folder(env: Environment, name: string): string | null {
  const path = text(env, name);
  if (path === null) return null;
  try {
    readdirSync(path);
    return path;
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new SettingsError(name, `names ${path}, a folder that cannot be read: ${code}.`);
  }
}
