import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Holder } from '@/lib/release/journal/intent';

/** @param replica as the other replicas and `/system` name this one */
export function thisProcess(replica: string): Holder {
  return { replica, host: hostname(), pid: process.pid, process: randomUUID() };
}

/**
 * Whether the holder is known to have ended: it bore this one's name on this one's machine, and no such process runs there any more. Without that proof it may
 * still live, and only its deadline tells.
 */
export function hasEnded(holder: Holder, self: Holder): boolean {
  const isOfHere = holder.replica === self.replica && holder.host === self.host;
  if (!isOfHere || holder.process === self.process) return false;
  // In a container each process may bear the same number: then it is this one's, and the other has ended.
  return holder.pid === self.pid || !runs(holder.pid);
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, and is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
