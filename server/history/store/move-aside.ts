import { existsSync, renameSync } from 'node:fs';

/**
 * Gives a damaged file, and the log that belongs to it, another name, which has the moment in it.
 * @returns the name
 */
export function moveAside(file: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replaceAll(':', '-');
  const aside = `${file}.damaged-${stamp}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return aside;
}
