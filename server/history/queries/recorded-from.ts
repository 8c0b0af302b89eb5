import { tierMs } from '@/lib/history/roll-up';
import type { Subject } from '@/lib/history/transition';
import type { RecordReader } from '@/server/history/record-store';
import type { Scope } from './scope';

export interface Recorded {
  /** The first moment that the record knows of the scope; null: it knows nothing. */
  readonly fromMs: number | null;
  /** From when on single transitions are still held, of whatever; before it there are roll-ups alone. */
  readonly transitionsFromMs: number | null;
  /** The datacenters or, where a service is asked about, its appearances in them. */
  readonly scopes: readonly Subject[];
}

/** How far back the record goes for a scope, and in which datacenters it knows of it. */
export async function recordedOf(reader: RecordReader, scope: Scope): Promise<Recorded> {
  const toMs = Number.MAX_SAFE_INTEGER;
  const kind = scope.service === null ? 'datacenter' : 'service';
  const oldest = { toMs, kinds: null, order: 'oldest-first', afterId: null, limit: 1 } as const;
  const [{ oldestMs }, rolledUp] = await Promise.all([
    reader.facts(),
    reader.rollUps({ tier: 'day', kind, dc: scope.dc, service: scope.service, fromMs: 0, toMs }),
  ]);
  const firstDays = rolledUp.flatMap(({ rows }) => rows.slice(0, 1).map(({ atMs }) => atMs));
  const ofInstances = scope.node !== null || scope.instance !== null;
  const dayMs = ofInstances || firstDays.length === 0 ? null : Math.min(...firstDays);
  const scopes = rolledUp.map(({ scope: subject }) => subject);
  // The day of a roll-up begins before what it counts; where its transitions are still held they are the better witnesses.
  if (dayMs !== null && oldestMs !== null && dayMs + tierMs.day <= oldestMs)
    return { fromMs: dayMs, transitionsFromMs: oldestMs, scopes };
  const [own] = await reader.transitions({ ...oldest, ...scope, fromMs: dayMs ?? 0 });
  return { fromMs: own?.observedAtMs ?? dayMs, transitionsFromMs: oldestMs, scopes };
}
