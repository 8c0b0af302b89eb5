import { tallyTotal } from '@/lib/history/tally';
import type { ConfigFile } from '@/server/config/config-file';
import type { OpenDatabase } from './open-database';
import { type tierCodes, tierOf, unpackRollUp } from './roll-up-row';
import type { Queryable } from './tables';

/** How long the record is kept, and how large it may be. */
export type RecordLimits = ConfigFile['history'];

const DAY_MS = 86_400_000;
/** Scopes whose roll-ups are looked through in one step. */
const SCOPES_AT_ONCE = 100;

/**
 * Deletes what is older than its time, and the oldest transitions where the whole has grown too large: in steps so small that no batch waits for one. Transitions
 * go up to a checkpoint, from which every moment after it is still folded.
 */
export class Trim {
  #scope = { dc: 0, service: -1, tier: 0 };
  #isThroughScopes = false;

  constructor(
    private readonly database: OpenDatabase,
    private readonly limits: RecordLimits,
  ) {}

  /** Begins again with the roll-ups, which are looked through once. */
  again(): void {
    this.#scope = { dc: 0, service: -1, tier: 0 };
    this.#isThroughScopes = false;
  }

  /**
   * One small step, in a transaction.
   * @returns `more`: whether it is to be called again; `dropped`: that it was for want of room, up to when, ms since 1970
   */
  async step(db: Queryable, nowMs: number): Promise<{ readonly more: boolean; readonly droppedToMs: number | null }> {
    const isTooLarge = (await this.database.usedBytes(db)) > this.limits.maxBytes;
    const cutoffMs = nowMs - this.limits.retentionDays.transitions * DAY_MS;
    const base = isTooLarge ? await secondCheckpoint(db) : await checkpointBefore(db, cutoffMs);
    if (base !== undefined && (await deleteSpan(db, base.last_id))) {
      return { more: true, droppedToMs: isTooLarge && base.at_ms > cutoffMs ? base.at_ms : null };
    }
    if (base !== undefined) await db.deleteFrom('checkpoint').where('last_id', '<', base.last_id).execute();
    const more = !this.#isThroughScopes;
    if (more) await this.#trimRollUps(db, nowMs);
    else await db.deleteFrom('gap').where('to_ms', '<', this.#rollUpCutoff('hour', nowMs)).execute();
    return { more, droppedToMs: null };
  }

  async #trimRollUps(db: Queryable, nowMs: number): Promise<void> {
    const { dc, service, tier } = this.#scope;
    const open = await db
      .selectFrom('open_roll_up')
      .selectAll()
      .where((row) =>
        row.or([
          row('dc_id', '>', dc),
          row.and([row('dc_id', '=', dc), row('service_id', '>', service)]),
          row.and([row('dc_id', '=', dc), row('service_id', '=', service), row('tier', '>', tier)]),
        ]),
      )
      .orderBy('dc_id')
      .orderBy('service_id')
      .orderBy('tier')
      .limit(SCOPES_AT_ONCE)
      .execute();
    for (const row of open) {
      const cutoffMs = this.#rollUpCutoff(tierOf(row.tier), nowMs);
      const ofScope = (table: 'roll_up' | 'open_roll_up') =>
        db
          .deleteFrom(table)
          .where('tier', '=', row.tier)
          .where('dc_id', '=', row.dc_id)
          .where('service_id', '=', row.service_id)
          .where('at_ms', '<', cutoffMs);
      await ofScope('roll_up').execute();
      // A scope that has been empty for so long is forgotten; any other one's newest row is how it stands to this day.
      if (tallyTotal(unpackRollUp(row.at_ms, row.counts).last) === 0) await ofScope('open_roll_up').execute();
    }
    const last = open.at(-1);
    if (last !== undefined) this.#scope = { dc: last.dc_id, service: last.service_id, tier: last.tier };
    this.#isThroughScopes = open.length < SCOPES_AT_ONCE;
  }

  #rollUpCutoff(tier: keyof typeof tierCodes, nowMs: number): number {
    const { minutes, hours, days } = this.limits.retentionDays;
    return nowMs - { minute: minutes, hour: hours, day: days }[tier] * DAY_MS;
  }
}

interface Base {
  readonly last_id: number;
  readonly at_ms: number;
}

/** The newest that was made before this moment. */
function checkpointBefore(db: Queryable, atMs: number): Promise<Base | undefined> {
  return db
    .selectFrom('checkpoint')
    .select(['last_id', 'at_ms'])
    .where('at_ms', '<=', atMs)
    .orderBy('last_id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The next one to begin from; undefined: there is one at most. */
function secondCheckpoint(db: Queryable): Promise<Base | undefined> {
  return db
    .selectFrom('checkpoint')
    .select(['last_id', 'at_ms'])
    .orderBy('last_id')
    .offset(1)
    .limit(1)
    .executeTakeFirst();
}

/** The oldest run of transitions, where all of them are at or before this id; the newest run stays. */
async function deleteSpan(db: Queryable, upToId: number): Promise<boolean> {
  const [oldest, next] = await db.selectFrom('span').selectAll().orderBy('first_id').limit(2).execute();
  if (oldest === undefined || next === undefined || oldest.last_id > upToId) return false;
  await db.deleteFrom('transition').where('id', '>=', oldest.first_id).where('id', '<=', oldest.last_id).execute();
  await db.deleteFrom('span').where('first_id', '=', oldest.first_id).execute();
  return true;
}
