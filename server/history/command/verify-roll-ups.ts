import { createHash } from 'node:crypto';
import type { Status } from '@/lib/fleet/model';
import { joinSpans, type Span } from '@/lib/history/gap-time';
import { type RollUp, type StatusTally, type Tier, tierMs } from '@/lib/history/roll-up';
import { countRollUp, emptyRow, isSeen } from '@/lib/history/roll-up-counter';
import { datacenterSubject, serviceSubject } from '@/lib/history/subjects';
import { noTally } from '@/lib/history/tally';
import { statusAfter, statusKinds } from '@/lib/history/tally-steps';
import { pagesOf } from '@/server/history/queries/read-on';
import type { RecordReader } from '@/server/history/record-store';

const tiersOf = { datacenter: ['minute', 'hour', 'day'], service: ['hour', 'day'] } as const;

/** A scope and tier while it is counted again. Of finished rows only a sum is held: there may be a million. */
interface Counted {
  readonly kind: 'datacenter' | 'service';
  readonly tier: Tier;
  readonly dc: string;
  readonly service: string | null;
  row: RollUp | null;
  /** Rows of buckets that began before are not compared: the transitions that began them are gone. */
  readonly fromMs: number;
  readonly rows: RowSum;
}

/** Counts every roll-up again from the transitions, by names and not by the store's own fold. @returns what differs, a sentence; null: nothing */
export async function verifyRollUps(reader: RecordReader): Promise<string | null> {
  const all = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, dc: null, service: null };
  const [oldest] = await reader.transitions({
    ...{ ...all, node: null, instance: null, kinds: null, order: 'oldest-first', afterId: null, limit: 1 },
  });
  if (!oldest) return null;
  const gaps = await reader.gaps(0, Number.MAX_SAFE_INTEGER, null);
  const spans = new Map<string, Span[]>();
  for (const { dc } of gaps) spans.set(dc, joinSpans(gaps.filter((gap) => gap.dc === dc)));
  const counts = await RecountedTallies.from(reader, oldest.id, oldest.observedAtMs);
  let atMs: number | null = null;
  const query = { ...all, node: null, instance: null, kinds: statusKinds };
  const touched = new Map<string, Scope>();
  const finish = () => {
    for (const scope of touched.values()) counts.count(scope, atMs ?? 0, spans.get(scope.dc) ?? []);
    touched.clear();
  };
  for await (const page of pagesOf(reader, { ...query, order: 'oldest-first', afterId: counts.afterId })) {
    for (const transition of page) {
      const { subject, from, observedAtMs } = transition;
      if (subject.kind !== 'instance') continue;
      if (atMs !== observedAtMs) finish();
      atMs = observedAtMs;
      const to = statusAfter(transition);
      for (const service of [null, subject.service]) {
        const scope = counts.scope(subject.dc, service);
        if (from) scope.tally[from as Status] -= 1;
        if (to) scope.tally[to] += 1;
        touched.set(scope.key, scope);
      }
    }
  }
  finish();
  return counts.difference(reader);
}

interface Scope {
  readonly key: string;
  readonly dc: string;
  readonly tally: Record<Status, number>;
  readonly counted: Counted[];
}

class RecountedTallies {
  readonly #scopes = new Map<string, Scope>();

  private constructor(
    /** Up to this id the tallies hold what there was already. */
    readonly afterId: number | null,
    private readonly startMs: number | null,
  ) {}

  /** A record whose first transitions were deleted is counted on from its state after the first that is left. */
  static async from(reader: RecordReader, firstId: number, firstMs: number): Promise<RecountedTallies> {
    if (firstId === 1) return new RecountedTallies(null, null);
    const [last] = await reader.transitions({
      ...{ fromMs: 0, toMs: firstMs + 1, dc: null, service: null, node: null, instance: null },
      ...{ kinds: null, order: 'newest-first', afterId: null, limit: 1 },
    });
    const counts = new RecountedTallies(last?.id ?? firstId, firstMs);
    for (const { dc, services } of await reader.past(firstMs, null)) {
      for (const { name, instances } of services) {
        for (const { status } of instances) {
          for (const service of [null, name]) counts.scope(dc, service).tally[status] += 1;
        }
      }
    }
    for (const { counted, tally } of counts.#scopes.values()) {
      for (const one of counted) {
        const last: StatusTally = { ...tally };
        one.row = {
          ...emptyRow(Math.floor(firstMs / tierMs[one.tier]) * tierMs[one.tier], last),
          countedToMs: firstMs,
        };
      }
    }
    return counts;
  }

  scope(dc: string, service: string | null): Scope {
    const { key } = service === null ? datacenterSubject(dc) : serviceSubject(dc, service);
    const known = this.#scopes.get(key);
    if (known) return known;
    const kind = service === null ? 'datacenter' : 'service';
    const fromMs = (tier: Tier) => (this.startMs === null ? 0 : Math.ceil(this.startMs / tierMs[tier]) * tierMs[tier]);
    const counted = tiersOf[kind].map((tier): Counted => {
      return { kind, tier, dc, service, row: null, fromMs: fromMs(tier), rows: new RowSum() };
    });
    const scope = { key, dc, tally: { ...noTally }, counted };
    this.#scopes.set(key, scope);
    return scope;
  }

  count({ counted, tally }: Scope, atMs: number, gaps: readonly Span[]): void {
    for (const one of counted) {
      const next = countRollUp(one.row, one.tier, atMs, { ...tally }, gaps);
      if (one.row && one.row.atMs !== next.atMs && one.row.atMs >= one.fromMs) one.rows.add(one.row);
      one.row = next;
    }
  }

  async difference(reader: RecordReader): Promise<string | null> {
    const wrong: string[] = [];
    for (const { counted } of this.#scopes.values()) {
      for (const { kind, tier, dc, service, row, fromMs, rows } of counted) {
        if (row && row.atMs >= fromMs) rows.add(row);
        const stored = new RowSum();
        const query = { tier, kind, dc, service, fromMs, toMs: Number.MAX_SAFE_INTEGER };
        for (const scoped of await reader.rollUps(query)) for (const one of scoped.rows) stored.add(one);
        if (stored.equals(rows)) continue;
        const what = service === null ? `datacenter ${dc}` : `service ${service} in ${dc}`;
        wrong.push(`the ${tier}s of ${what} (${stored.count} kept, ${rows.count} counted)`);
      }
    }
    if (wrong.length === 0) return null;
    const more = wrong.length > 3 ? `, and ${wrong.length - 3} more` : '';
    return `They are not what the transitions add up to: ${wrong.slice(0, 3).join(', ')}${more}.`;
  }
}

/** Rows in order, of which only so much is held that two of it tell whether the rows were the same. */
class RowSum {
  readonly #hash = createHash('sha256');
  count = 0;

  add(row: RollUp): void {
    const { atMs, worst, last, instanceMs, gapMs, countedToMs } = row;
    // Where nothing was seen the worst moment says nothing.
    const tallies = [isSeen(row) ? worst : noTally, last, instanceMs].map((one) => [
      ...[one.passing, one.warning, one.critical, one.maintenance, one.unknown],
    ]);
    this.count += 1;
    this.#hash.update(JSON.stringify([atMs, tallies, gapMs, countedToMs]));
  }

  equals(other: RowSum): boolean {
    return this.count === other.count && this.#digest() === other.#digest();
  }

  #digest(): string {
    return this.#hash.copy().digest('base64');
  }
}
