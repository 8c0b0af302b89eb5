import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Linux counts a process's CPU time in hundredths of a second. */
const TICK_MS = 10;
const MB_PER_KB = 1 / 1024;

/** Resident memory of a process now, MB. */
export const residentMb = (pid: number): number => statusKb(pid, 'VmRSS') * MB_PER_KB;

/** The most that it ever had resident, MB. */
export const mostResidentMb = (pid: number): number => statusKb(pid, 'VmHWM') * MB_PER_KB;

/** CPU time that a process has used since its start, all its threads and the kernel's work for it included, ms. */
function cpuMs(pid: number): number {
  // The second field is the command in brackets, which may hold anything.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Percent of one core that a process uses over the next `overMs`. */
export async function corePercent(pid: number, overMs: number): Promise<number> {
  const meter = cpuMeter(pid);
  await wait(overMs);
  return meter();
}

/** Starts to count; what it returns tells the percent of one core that the process has used since. */
export function cpuMeter(pid: number): () => number {
  const startedAtMs = performance.now();
  const before = cpuMs(pid);
  return () => ((cpuMs(pid) - before) / (performance.now() - startedAtMs)) * 100;
}

function statusKb(pid: number, field: string): number {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (found === null) throw new Error(`/proc/${pid}/status has no ${field}: the process has ended.`);
  return Number(found[1]);
}
