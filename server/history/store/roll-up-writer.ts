import type { Span } from '@/lib/history/gap-time';
import type { RollUp, StatusTally, Tier } from '@/lib/history/roll-up';
import { countRollUp } from '@/lib/history/roll-up-counter';
import { chunked } from './chunked';
import { RecentMap } from './recent-map';
import { packRollUp, tierCodes, tierOf, unpackRollUp } from './roll-up-row';
import type { Queryable, RollUpRow } from './tables';

/** A service has no minutes: they are read off its transitions. */
const DATACENTER_TIERS: readonly Tier[] = ['minute', 'hour', 'day'];
const SERVICE_TIERS: readonly Tier[] = ['hour', 'day'];
/** Scopes, of some 600 bytes each. */
const MOST_REMEMBERED = 6_000;

/** How many instances a scope had in each status after a moment's changes. */
export interface Moment {
  readonly dc: number;
  /** 0: the whole datacenter. */
  readonly service: number;
  readonly atMs: number;
  readonly after: StatusTally;
}

type Buckets = Map<Tier, RollUp>;

/** Keeps the newest bucket of each scope and tier, and puts it away when the next one begins. */
export class RollUpWriter {
  readonly #recent = new RecentMap<string, Buckets>(MOST_REMEMBERED);

  /** @param moments in order @param gaps of a datacenter, in order, without overlap */
  async write(db: Queryable, moments: readonly Moment[], gaps: (dc: number) => readonly Span[]): Promise<void> {
    const scopes = await this.#scopes(db, moments);
    const finished: RollUpRow[] = [];
    for (const { dc, service, atMs, after } of moments) {
      const buckets = scopes.get(keyOf(dc, service))?.buckets ?? new Map();
      for (const tier of service === 0 ? DATACENTER_TIERS : SERVICE_TIERS) {
        const current = buckets.get(tier) ?? null;
        const next = countRollUp(current, tier, atMs, after, gaps(dc));
        if (current !== null && current.atMs !== next.atMs) finished.push(rowOf(tier, dc, service, current));
        buckets.set(tier, next);
      }
    }
    for (const chunk of chunked(finished)) await db.insertInto('roll_up').values(chunk).execute();
    await replaceOpen(
      db,
      [...scopes.values()].flatMap(({ dc, service, buckets }) =>
        [...buckets].map(([tier, rollUp]) => rowOf(tier, dc, service, rollUp)),
      ),
    );
    for (const [key, { buckets }] of scopes) this.#recent.set(key, buckets);
  }

  forget(): void {
    this.#recent.clear();
  }

  /** The scopes of these moments, each with its newest buckets. */
  async #scopes(db: Queryable, moments: readonly Moment[]): Promise<Map<string, Scope>> {
    const scopes = new Map<string, Scope>();
    const unread = new Map<number, Set<number>>();
    for (const { dc, service } of moments) {
      const key = keyOf(dc, service);
      if (scopes.has(key)) continue;
      const buckets = this.#recent.get(key);
      scopes.set(key, { dc, service, buckets: buckets ?? new Map() });
      if (buckets === undefined) unread.set(dc, (unread.get(dc) ?? new Set()).add(service));
    }
    for (const [dc, services] of unread) {
      for (const chunk of chunked([...services])) {
        const rows = await db
          .selectFrom('open_roll_up')
          .selectAll()
          .where('dc_id', '=', dc)
          .where('service_id', 'in', chunk)
          .execute();
        for (const { tier, service_id, at_ms, counts } of rows) {
          scopes.get(keyOf(dc, service_id))?.buckets.set(tierOf(tier), unpackRollUp(at_ms, counts));
        }
      }
    }
    return scopes;
  }
}

interface Scope {
  readonly dc: number;
  readonly service: number;
  readonly buckets: Buckets;
}

async function replaceOpen(db: Queryable, rows: readonly RollUpRow[]): Promise<void> {
  for (const chunk of chunked(rows)) {
    await db
      .insertInto('open_roll_up')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.columns(['tier', 'dc_id', 'service_id']).doUpdateSet((row) => ({
          at_ms: row.ref('excluded.at_ms'),
          counts: row.ref('excluded.counts'),
        })),
      )
      .execute();
  }
}

const keyOf = (dc: number, service: number): string => `${dc}/${service}`;

const rowOf = (tier: Tier, dc: number, service: number, rollUp: RollUp): RollUpRow => ({
  ...{ tier: tierCodes[tier], dc_id: dc, service_id: service, at_ms: rollUp.atMs, counts: packRollUp(rollUp) },
});
