import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { SettingsError } from './settings-error';

/**
 * Tries PEM texts before anything depends on them: a broken file is better known at start than at the first connection.
 * @throws SettingsError that names the variable and the path, never the contents.
 */
export function tryPem(variable: string, path: string, options: tls.SecureContextOptions): void {
  usable(variable, path, () => void tls.createSecureContext(options));
}

/** The same for an authority: a secure context takes any text for one, and then trusts nobody. */
export function tryAuthority(variable: string, path: string, contents: string): void {
  usable(variable, path, () => void new X509Certificate(contents));
}

function usable(variable: string, path: string, attempt: () => void): void {
  try {
    attempt();
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new SettingsError(variable, `names ${path}, which OpenSSL cannot use (${code}): give a PEM file that fits.`);
  }
}
