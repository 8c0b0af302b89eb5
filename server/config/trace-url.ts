import { traceHref } from '@/lib/topology/around/trace-href';
import { SettingsError } from './settings-error';
import { type Environment, text } from './variables';

const NAME = 'LICTOR_TRACE_URL';
const MOST_LENGTH = 2_000;

/**
 * The template of links to where traces are kept, with `{service}`, `{dc}`, `{from}` and `{to}`; null: none is set. Every reader gets it, so it must hold no
 * password; no error repeats it, for it may.
 * @throws SettingsError
 */
export function traceUrl(env: Environment): string | null {
  const template = text(env, NAME);
  if (template === null) return null;
  if (template.length > MOST_LENGTH) throw new SettingsError(NAME, `has more than ${MOST_LENGTH} characters.`);
  const [one, other] = [filled(template, 'a'), filled(template, 'b')];
  if (one === null || other === null || !['http:', 'https:'].includes(one.protocol)) {
    throw new SettingsError(NAME, 'is not of the form http(s)://host:port/path?query={service}.');
  }
  if (one.username !== '' || one.password !== '') {
    throw new SettingsError(NAME, 'has a user or a password, which every reader would see: leave it out.');
  }
  if (one.origin !== other.origin) {
    throw new SettingsError(NAME, 'has a placeholder before its path, where a service would choose the host.');
  }
  return template;
}

function filled(template: string, value: string): URL | null {
  const href = traceHref(template, { service: value, dc: value, from: value, to: value });
  return URL.canParse(href) ? new URL(href) : null;
}
