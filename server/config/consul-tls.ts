import { readdirSync } from 'node:fs';
import { tryAuthority, tryPem } from './pem';
import { SettingsError } from './settings-error';
import { contentsOf, type Environment, flag, text } from './variables';

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

/** Reads the TLS companions of `CONSUL_HTTP_ADDR`. */
export function consulTlsSettings(env: Environment): ConsulTlsSettings {
  return triedTls(
    {
      verify: flag(env, 'CONSUL_HTTP_SSL_VERIFY', true),
      caFile: text(env, 'CONSUL_CACERT'),
      caPath: text(env, 'CONSUL_CAPATH'),
      certFile: text(env, 'CONSUL_CLIENT_CERT'),
      keyFile: text(env, 'CONSUL_CLIENT_KEY'),
      serverName: text(env, 'CONSUL_TLS_SERVER_NAME'),
    },
    {
      caFile: 'CONSUL_CACERT',
      caPath: 'CONSUL_CAPATH',
      certFile: 'CONSUL_CLIENT_CERT',
      keyFile: 'CONSUL_CLIENT_KEY',
    },
  );
}

/**
 * The same settings, once their files were tried: a broken one is better known at start than at the first request.
 * @param settings what an error names for each file
 * @throws SettingsError
 */
export function triedTls(
  tls: ConsulTlsSettings,
  settings: Readonly<Record<'caFile' | 'caPath' | 'certFile' | 'keyFile', string>>,
): ConsulTlsSettings {
  const { caFile, caPath, certFile, keyFile } = tls;
  if (caFile) tryAuthority(settings.caFile, caFile, contentsOf(settings.caFile, caFile));
  const cert = certFile && contentsOf(settings.certFile, certFile);
  const key = keyFile && contentsOf(settings.keyFile, keyFile);
  if (certFile && cert !== null) tryPem(settings.certFile, certFile, { cert });
  if (certFile && !keyFile) throw new SettingsError(settings.keyFile, `is missing: it goes with ${settings.certFile}.`);
  if (keyFile && !certFile) throw new SettingsError(settings.certFile, `is missing: it goes with ${settings.keyFile}.`);
  if (keyFile && cert !== null && key !== null) tryPem(settings.keyFile, keyFile, { cert, key });
  if (caPath) tryFolder(settings.caPath, caPath);
  return tls;
}

function tryFolder(setting: string, path: string): void {
  try {
    readdirSync(path);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new SettingsError(setting, `names ${path}, a folder that cannot be read: ${code}.`);
  }
}
