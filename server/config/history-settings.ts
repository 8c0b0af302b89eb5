import { resolve } from 'node:path';
import { SettingsError } from './settings-error';
import { type Environment, text } from './variables';

/** Where the record is kept. A URL may hold a password: no sentence repeats it. */
export type RecordPlace =
  | { readonly kind: 'sqlite' /** Absolute; made where it is not there. */; readonly folder: string }
  | { readonly kind: 'postgres'; readonly url: string };

/**
 * In the shared database where one is named, else in the data folder.
 * @throws SettingsError
 */
export function recordPlace(env: Environment): RecordPlace {
  const url = text(env, 'LICTOR_DATABASE_URL');
  if (url === null) return { kind: 'sqlite', folder: resolve(text(env, 'LICTOR_DATA_DIR') ?? 'data') };
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !['postgres:', 'postgresql:'].includes(parsed.protocol)) {
    throw new SettingsError('LICTOR_DATABASE_URL', 'is not of the form postgres://user:password@host:port/database.');
  }
  return { kind: 'postgres', url };
}
