import { readFileSync } from 'node:fs';
import { SettingsError } from './settings-error';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variable's text, null where it is absent or empty: an empty variable is how a shell unsets one for a child. */
export function text(env: Environment, name: string): string | null {
  const value = env[name]?.trim();
  return value ? value : null;
}

/** Consul's own reading of a boolean (Go's `strconv.ParseBool`). */
export function flag(env: Environment, name: string, fallback: boolean): boolean {
  const value = text(env, name);
  if (value === null) return fallback;
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value)) return false;
  throw new SettingsError(name, `is "${value}"; it takes true or false.`);
}

/** A whole number between `min` and `max`, both included. */
export function whole(env: Environment, name: string, min: number, max: number): number | null {
  const value = text(env, name);
  if (value === null) return null;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new SettingsError(name, `is "${value}"; it takes a whole number from ${min} to ${max}.`);
}

export function oneOf<T extends string>(env: Environment, name: string, values: readonly T[], fallback: T): T {
  const value = text(env, name);
  if (value === null) return fallback;
  const match = values.find((candidate) => candidate === value);
  if (match) return match;
  throw new SettingsError(name, `is "${value}"; it takes one of ${values.join(', ')}.`);
}

/** The contents of the file that the variable names; null where it names none. Contents are never part of an error. */
export function fileContents(env: Environment, name: string): { path: string; contents: string } | null {
  const path = text(env, name);
  return path === null ? null : { path, contents: contentsOf(name, path) };
}

/** @param setting the variable, and the place in its file where it has one: what an error names */
export function contentsOf(setting: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new SettingsError(setting, `names ${path}, which cannot be read: ${reasonOf(error)}.`);
  }
}

const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown error';
