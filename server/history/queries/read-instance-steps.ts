import { instanceSteps, type StatusStep, statusKinds } from '@/lib/history/tally-steps';
import type { RecordReader } from '@/server/history/record-store';
import type { Range } from './read-cells';
import { newestOf } from './read-on';
import type { Scope } from './scope';

/** Of one datacenter: what instances of a scope were from moment to moment. */
export interface ScopeSteps {
  /** From when on it is told: later than was asked for where there were too many changes. */
  readonly startMs: number;
  /** By the instances' keys. */
  readonly steps: ReadonlyMap<string, readonly StatusStep[]>;
}

/** From who was there at the start, and each change since. @param most changes at most, the newest */
export async function readInstanceSteps(
  reader: RecordReader,
  scope: Scope & { readonly dc: string },
  range: Range,
  most: number,
): Promise<ScopeSteps> {
  const { transitions, cutMs } = await newestOf(reader, { ...scope, ...range, kinds: statusKinds }, most);
  const startMs = cutMs ?? range.fromMs;
  const everything = { fromMs: 0, toMs: startMs + 1, dc: null, service: null, node: null, instance: null, kinds: null };
  const [start, [last]] = await Promise.all([
    reader.pastInstances(startMs, scope),
    reader.transitions({ ...everything, order: 'newest-first', afterId: null, limit: 1 }),
  ]);
  const known = start.map(({ subject, status }) => ({ key: subject.key, status }));
  // Where the clock was set back a moment came twice, and the state at the start is of the second time: what the first brought is in it.
  const since = transitions.filter(({ id }) => id > (last?.id ?? 0));
  return { startMs, steps: instanceSteps(known, since, startMs) };
}
