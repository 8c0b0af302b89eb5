import { tierMs } from '@/lib/history/roll-up';
import type { RecordedTransition, Subject } from '@/lib/history/transition';
import type { RecordReader } from '@/server/history/record-store';
import type { Scope } from './scope';

export interface Recorded {
  /** The first moment that the record knows of the scope; null: it knows nothing. */
  readonly fromMs: number | null;
  /** From when on single transitions are still held, of whatever; before it there are roll-ups alone. */
  readonly transitionsFromMs: number | null;
  /** The datacenters or, where a service is asked about, its appearances in them; none where one datacenter's node or instance is. */
  readonly scopes: readonly Subject[];
}

const MOST_LOOKED_AT = 200;

/** How far back the record goes for a scope, and in which datacenters it knows of it. */
export async function recordedOf(reader: RecordReader, scope: Scope): Promise<Recorded> {
  if (scope.node !== null || scope.instance !== null) {
    const fromMs = (await firstOf(reader, scope))?.observedAtMs ?? null;
    return { fromMs, transitionsFromMs: fromMs, scopes: [] };
  }
  const kind = scope.service === null ? 'datacenter' : 'service';
  const range = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
  const [{ oldestMs }, rolledUp] = await Promise.all([
    reader.facts(),
    reader.rollUps({ tier: 'day', kind, dc: scope.dc, service: scope.service, ...range }),
  ]);
  const firstDays = rolledUp.flatMap(({ rows }) => rows.slice(0, 1).map(({ atMs }) => atMs));
  const dayMs = firstDays.length === 0 ? null : Math.min(...firstDays);
  const scopes = rolledUp.map(({ scope: subject }) => subject);
  const recorded = { transitionsFromMs: oldestMs, scopes };
  // The day of a roll-up begins before what it counts; where its transitions are still held they are the better witnesses.
  if (dayMs !== null && oldestMs !== null && dayMs + tierMs.day <= oldestMs) return { ...recorded, fromMs: dayMs };
  const own = await firstOf(reader, scope);
  return { ...recorded, fromMs: own?.observedAtMs ?? dayMs };
}

/** The first transition of a scope. */
async function firstOf(reader: RecordReader, scope: Scope): Promise<RecordedTransition | undefined> {
  const oldest = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, order: 'oldest-first', afterId: null } as const;
  const ofInstances = scope.node !== null || scope.instance !== null;
  if (scope.dc !== null && scope.service === null && !ofInstances) {
    // What is first recorded of a datacenter is how fresh it is, and that is soon found.
    const everywhere = { ...scope, dc: null, kinds: ['freshness'] as const, limit: MOST_LOOKED_AT };
    const turns = await reader.transitions({ ...oldest, ...everywhere });
    const own = turns.find(({ subject, from }) => subject.dc === scope.dc && from === null);
    if (own) return own;
  }
  const [own] = await reader.transitions({ ...oldest, ...scope, kinds: null, limit: 1 });
  return own;
}
