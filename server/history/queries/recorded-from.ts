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
  const all = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
  const oldest = { ...all, kinds: null, order: 'oldest-first', afterId: null, limit: 1 } as const;
  const nothing = { dc: null, service: null, node: null, instance: null };
  const kind = scope.service === null ? 'datacenter' : 'service';
  const [[first], [own], rolledUp] = await Promise.all([
    reader.transitions({ ...oldest, ...nothing }),
    reader.transitions({ ...oldest, ...scope }),
    reader.rollUps({ tier: 'day', kind, dc: scope.dc, service: scope.service, ...all }),
  ]);
  const ownMs = own?.observedAtMs ?? null;
  const ofInstances = scope.node !== null || scope.instance !== null;
  const dayMs = ofInstances ? null : firstDay(rolledUp.flatMap(({ rows }) => rows.slice(0, 1)));
  return {
    // The day of a roll-up begins before what it counts; where the transition is still held it is the better witness.
    fromMs: dayMs !== null && (ownMs === null || dayMs + tierMs.day <= ownMs) ? dayMs : ownMs,
    transitionsFromMs: first?.observedAtMs ?? null,
    scopes: rolledUp.map(({ scope: subject }) => subject),
  };
}

function firstDay(rows: readonly { readonly atMs: number }[]): number | null {
  return rows.length > 0 ? Math.min(...rows.map(({ atMs }) => atMs)) : null;
}
