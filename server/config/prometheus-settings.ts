import { plainUrl } from './plain-url';
import { SettingsError } from './settings-error';
import { type Environment, text } from './variables';

/** Where real traffic is counted. */
export interface PrometheusSettings {
  /** Path prefix included; without user information and without a slash at its end: it may be shown. */
  readonly url: string;
  /** `user:password` of HTTP basic authentication. */
  readonly basicAuth: string | null;
}

/**
 * Null: none is named. No error repeats the URL, which may hold a password.
 * @throws SettingsError
 */
export function prometheusSettings(env: Environment): PrometheusSettings | null {
  const given = text(env, 'LICTOR_PROMETHEUS_URL');
  if (given === null) return null;
  const url = plainUrl(given);
  if (url === null || url.hasQuery) {
    throw new SettingsError('LICTOR_PROMETHEUS_URL', 'is not of the form http(s)://host:port/path.');
  }
  if (url.basicAuth === undefined) {
    throw new SettingsError('LICTOR_PROMETHEUS_URL', 'has a user or a password that is not percent-encoded right.');
  }
  return { url: url.url, basicAuth: url.basicAuth };
}
