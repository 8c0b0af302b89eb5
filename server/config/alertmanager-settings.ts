import { plainUrl } from './plain-url';
import { SettingsError } from './settings-error';
import { type Environment, text } from './variables';

/** One Alertmanager; of a cluster of them each is told by itself. */
export interface AlertmanagerSettings {
  /** Path prefix included; without user information and without a slash at its end: it may be shown. */
  readonly url: string;
  /** `user:password` of HTTP basic authentication. */
  readonly basicAuth: string | null;
}

const MOST = 10;

/**
 * Those that `LICTOR_ALERTMANAGER_URL` names, with commas between them; empty: none. No error repeats a URL, which may hold a password.
 * @throws SettingsError
 */
export function alertmanagerSettings(env: Environment): readonly AlertmanagerSettings[] {
  const given = text(env, 'LICTOR_ALERTMANAGER_URL');
  if (given === null) return [];
  const urls = given.split(',').map((one) => one.trim());
  const refuse = (problem: string) => new SettingsError('LICTOR_ALERTMANAGER_URL', problem);
  if (urls.length > MOST) throw refuse(`names ${urls.length} Alertmanagers; it takes ${MOST} at most.`);
  const seen = new Set<string>();
  return urls.map((one, at) => {
    const which = urls.length === 1 ? '' : ` (number ${at + 1} of ${urls.length})`;
    const url = plainUrl(one);
    if (url === null || url.hasQuery) throw refuse(`is not of the form http(s)://host:port/path${which}.`);
    if (url.basicAuth === undefined) {
      throw refuse(`has a user or a password that is not percent-encoded right${which}.`);
    }
    if (seen.has(url.url)) throw refuse(`names the same Alertmanager twice${which}.`);
    seen.add(url.url);
    return { url: url.url, basicAuth: url.basicAuth };
  });
}
