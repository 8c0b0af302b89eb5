import { readFileSync, statSync } from 'node:fs';
import { systemClock } from './clock';

/** How often the token's file is looked at, ms. */
const LOOK_EVERY_MS = 1_000;

/**
 * The token as of now: the one given, else the contents of its file, read again when the file changes. While the file cannot be
 * read the last token stays, for a file is often absent for the moment in which it is replaced.
 */
export function tokenSource(
  token: string | null,
  file: string | null,
  nowMs: () => number = () => systemClock.now(),
): () => string | null {
  if (token !== null || file === null) return () => token;
  let current: string | null = null;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let changedAtMs = Number.NaN;
  return () => {
    if (nowMs() - lookedAtMs < LOOK_EVERY_MS) return current;
    lookedAtMs = nowMs();
    const mtimeMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (mtimeMs === undefined || mtimeMs === changedAtMs) return current;
    changedAtMs = mtimeMs;
    current = readFileSync(file, 'utf8').trim() || null;
    return current;
  };
}
