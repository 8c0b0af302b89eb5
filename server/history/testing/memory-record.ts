import type { Status } from '@/lib/fleet/model';
import { applyToNode, applyToService } from '@/lib/history/apply-transition';
import type { PastDatacenter, PastSummary, RecordedNode } from '@/lib/history/recorded';
import type { RollUp, StatusTally, Tier } from '@/lib/history/roll-up';
import { countRollUp } from '@/lib/history/roll-up-counter';
import type { ServiceState } from '@/lib/history/service-transitions';
import { datacenterSubject, serviceSubject } from '@/lib/history/subjects';
import { summarizePast } from '@/lib/history/summarize-past';
import { noTally } from '@/lib/history/tally';
import { statusAfter, statusKinds } from '@/lib/history/tally-steps';
import type { Gap, RecordedTransition, Subject, Transition } from '@/lib/history/transition';
import type { RecordReader, ScopedRollUps, TransitionQuery } from '@/server/history/record-store';

/** A record in memory that answers each question by reading all of it: slow, plain, and what a real store is compared with. */
export class MemoryRecord implements RecordReader {
  readonly recorded: readonly RecordedTransition[];

  /** @param holes in order */
  constructor(
    transitions: readonly Transition[],
    private readonly holes: readonly Gap[] = [],
  ) {
    this.recorded = transitions.map((transition, at) => ({ ...transition, id: at + 1 }));
  }

  async transitions(query: TransitionQuery): Promise<readonly RecordedTransition[]> {
    const newest = query.order === 'newest-first';
    const all = newest ? [...this.recorded].reverse() : this.recorded;
    const { afterId } = query;
    return all
      .filter(({ id }) => afterId === null || (newest ? id < afterId : id > afterId))
      .filter(({ observedAtMs }) => observedAtMs >= query.fromMs && observedAtMs < query.toMs)
      .filter(({ kind }) => query.kinds === null || query.kinds.includes(kind))
      .filter(({ subject }) => isOf(subject, query))
      .slice(0, query.limit);
  }

  async rollUps(query: Parameters<RecordReader['rollUps']>[0]): Promise<readonly ScopedRollUps[]> {
    return this.#counted(query.tier, query.kind)
      .filter(({ scope }) => query.dc === null || scope.dc === query.dc)
      .filter(({ scope }) => query.service === null || scope.service === query.service)
      .map(({ scope, rows }) => ({
        scope,
        before: rows.findLast(({ atMs }) => atMs < query.fromMs) ?? null,
        rows: rows.filter(({ atMs }) => atMs >= query.fromMs && atMs < query.toMs),
      }));
  }

  async past(atMs: number, dc: string | null): Promise<readonly PastDatacenter[]> {
    const names = new Set(this.#until(atMs).map(({ subject }) => subject.dc));
    names.delete('');
    return [...names].filter((name) => dc === null || name === dc).map((name) => this.#pastOf(name, atMs));
  }

  async pastSummary(atMs: number, dc: string | null): Promise<readonly PastSummary[]> {
    return (await this.past(atMs, dc)).map(summarizePast);
  }

  async pastInstances(
    atMs: number,
    of: Parameters<RecordReader['pastInstances']>[1],
  ): ReturnType<RecordReader['pastInstances']> {
    const present = new Map<string, { subject: Subject; status: Status; sinceMs: number }>();
    for (const transition of this.#until(atMs)) {
      const { subject, observedAtMs: sinceMs } = transition;
      if (subject.kind !== 'instance' || !isOf(subject, of) || !statusKinds.includes(transition.kind)) continue;
      const status = statusAfter(transition);
      if (status) present.set(subject.key, { subject, status, sinceMs });
      else present.delete(subject.key);
    }
    return [...present.values()];
  }

  async gaps(fromMs: number, toMs: number, dc: string | null): Promise<readonly Gap[]> {
    return this.holes.filter(
      (gap) => (dc === null || gap.dc === dc) && gap.fromMs < toMs && (gap.toMs === null || gap.toMs > fromMs),
    );
  }

  async facts(): ReturnType<RecordReader['facts']> {
    const [oldest] = this.recorded;
    return {
      oldestMs: oldest?.observedAtMs ?? null,
      newestMs: this.recorded.at(-1)?.observedAtMs ?? null,
      transitions: this.recorded.length,
      bytes: null,
    };
  }

  async close(): Promise<void> {}

  #until(atMs: number): RecordedTransition[] {
    return this.recorded.filter(({ observedAtMs }) => observedAtMs <= atMs);
  }

  #pastOf(dc: string, atMs: number): PastDatacenter {
    const services = new Map<string, ServiceState | undefined>();
    const nodes = new Map<string, RecordedNode | undefined>();
    const sinceMs = new Map<string, number>();
    let freshness: string | null = null;
    for (const transition of this.#until(atMs).filter(({ subject }) => subject.dc === dc)) {
      const { subject, kind, to, observedAtMs } = transition;
      if (subject.kind === 'datacenter' && kind === 'freshness') freshness = to;
      if (subject.kind === 'node')
        nodes.set(subject.node ?? '', applyToNode(nodes.get(subject.node ?? ''), transition));
      if (subject.service !== null)
        services.set(subject.service, applyToService(services.get(subject.service), transition));
      const hasStatus = subject.kind === 'instance' || subject.kind === 'node';
      if (hasStatus && statusKinds.includes(kind)) sinceMs.set(subject.key, observedAtMs);
    }
    return {
      ...{ dc, freshness, sinceMs },
      services: [...services].flatMap(([name, state]) => (state ? [{ name, ...state, lastIndex: null }] : [])),
      nodes: [...nodes.values()].filter((node) => node !== undefined),
    };
  }

  /** Roll-ups of every scope, counted anew. */
  #counted(tier: Tier, kind: 'datacenter' | 'service'): { scope: Subject; rows: RollUp[] }[] {
    const scopes = new Map<string, { scope: Subject; rows: RollUp[]; tally: StatusTally }>();
    for (const transition of this.recorded) {
      const { subject, from, observedAtMs } = transition;
      if (subject.kind !== 'instance' || !statusKinds.includes(transition.kind)) continue;
      const scope =
        kind === 'datacenter' ? datacenterSubject(subject.dc) : serviceSubject(subject.dc, subject.service ?? '');
      const counted = scopes.get(scope.key) ?? { scope, rows: [], tally: noTally };
      const tally: Record<Status, number> = { ...counted.tally };
      const to = statusAfter(transition);
      if (from) tally[from as Status] -= 1;
      if (to) tally[to] += 1;
      const gaps = this.holes.filter((gap) => gap.dc === subject.dc);
      const row = countRollUp(counted.rows.at(-1) ?? null, tier, observedAtMs, tally, gaps);
      const rows = counted.rows.filter(({ atMs }) => atMs !== row.atMs);
      scopes.set(scope.key, { scope, rows: [...rows, row], tally });
    }
    return [...scopes.values()];
  }
}

function isOf(
  subject: Subject,
  of: { dc: string | null; service: string | null; node: string | null; instance: string | null },
): boolean {
  return (
    (of.dc === null || subject.dc === of.dc) &&
    (of.service === null || subject.service === of.service) &&
    (of.node === null || subject.node === of.node) &&
    (of.instance === null || subject.key === of.instance)
  );
}
