import { tryPem } from './pem';
import { SettingsError } from './settings-error';
import { type Environment, fileContents, flag, text, whole } from './variables';

export interface ListenSettings {
  readonly host: string;
  readonly port: number;
  /** How browsers reach Lictor; null: by the address they came from. */
  readonly baseUrl: string | null;
  /** Path of `baseUrl` without a slash at its end; empty at the root. */
  readonly basePath: string;
  readonly tls: { readonly cert: string; readonly key: string } | null;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);

/** `127.0.0.0/8`, `::1` and `localhost`: addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** Where Lictor listens. Without sign-in it refuses an address that others reach, unless `LICTOR_ALLOW_OPEN=1`. */
export function listenSettings(env: Environment, signIn: boolean): ListenSettings {
  const host = text(env, 'HOST') ?? '127.0.0.1';
  if (!signIn && !isLoopback(host) && !flag(env, 'LICTOR_ALLOW_OPEN', false)) {
    throw new SettingsError(
      'HOST',
      `is ${host}, which others can reach, while LICTOR_AUTH is none: listen on 127.0.0.1, or set LICTOR_ALLOW_OPEN=1 to allow it.`,
    );
  }
  const baseUrl = text(env, 'LICTOR_BASE_URL');
  return {
    host,
    port: whole(env, 'PORT', 0, 65_535) ?? 3000,
    baseUrl,
    basePath: basePathOf(baseUrl),
    tls: tlsFiles(env),
  };
}

function basePathOf(baseUrl: string | null): string {
  if (baseUrl === null) return '';
  try {
    const url = new URL(baseUrl);
    if (url.protocol === 'http:' || url.protocol === 'https:') return url.pathname.replace(/\/+$/, '');
  } catch {
    // Falls through to the one sentence below: neither kind of mistake has another remedy.
  }
  throw new SettingsError('LICTOR_BASE_URL', `is "${baseUrl}"; it takes a URL such as https://ops.example.org/lictor.`);
}

function tlsFiles(env: Environment): ListenSettings['tls'] {
  const cert = fileContents(env, 'LICTOR_TLS_CERT');
  const key = fileContents(env, 'LICTOR_TLS_KEY');
  if (!cert && !key) return null;
  if (!cert) throw new SettingsError('LICTOR_TLS_CERT', 'is missing: it goes with LICTOR_TLS_KEY.');
  if (!key) throw new SettingsError('LICTOR_TLS_KEY', 'is missing: it goes with LICTOR_TLS_CERT.');
  tryPem('LICTOR_TLS_CERT', cert.path, { cert: cert.contents });
  tryPem('LICTOR_TLS_KEY', key.path, { cert: cert.contents, key: key.contents });
  return { cert: cert.contents, key: key.contents };
}
