import { tallyTotal } from '@/lib/history/tally';
import type { ConfigFile } from '@/server/config/config-file';
import type { OpenDatabase } from './open-database';
import { type tierCodes, tierOf, unpackRollUp } from './roll-up-row';
import type { Queryable } from './tables';

/** How long the record is kept, and how large it may be. */
export type RecordLimits = Pick<ConfigFile['history'], 'retentionDays' | 'maxBytes'>;

const DAY_MS = 86_400_000;
/** Scopes whose roll-ups are looked through in one step. */
const SCOPES_AT_ONCE = 100;
/** Of all transitions, each time that the whole is too large: what only they named goes with them, so it is seen then whether that was enough. */
const SHARE_DROPPED = 0.05;
/** Before every other in the order of the table. */
const FIRST_SCOPE = { dc: 0, service: -1, tier: 0 };

/**
 * Deletes what is older than its time, and the oldest transitions where the whole has grown too large: in steps so small that no batch waits for one. Transitions
 * go up to a checkpoint, from which every moment after it is still folded.
 */
export class Trim {
  #phase: 'choose' | 'transitions' | 'roll-ups' = 'choose';
  #base: Base | undefined;
  /** Up to when transitions go for want of room, ms since 1970; null: none do. */
  #droppedToMs: number | null = null;
  #scope = FIRST_SCOPE;

  constructor(
    private readonly database: OpenDatabase,
    private readonly limits: RecordLimits,
  ) {}

  get droppedToMs(): number | null {
    return this.#droppedToMs;
  }

  /** To be called before a round of steps. */
  begin(): void {
    this.#phase = 'choose';
    this.#droppedToMs = null;
    this.#scope = FIRST_SCOPE;
  }

  /** One small step, in a transaction; whether there are more. */
  async step(db: Queryable, nowMs: number): Promise<boolean> {
    if (this.#phase === 'choose') {
      await this.#choose(db, nowMs);
      this.#phase = 'transitions';
      return true;
    }
    if (this.#phase === 'roll-ups') return this.#trimRollUps(db, nowMs);
    if (this.#base !== undefined && (await deleteSpan(db, this.#base.last_id))) return true;
    if (this.#base !== undefined) {
      await db.deleteFrom('checkpoint').where('last_id', '<', this.#base.last_id).execute();
    }
    await db.deleteFrom('gap').where('to_ms', '<', this.#rollUpCutoff('hour', nowMs)).execute();
    this.#phase = 'roll-ups';
    return true;
  }

  /** Up to which checkpoint transitions go in this round. */
  async #choose(db: Queryable, nowMs: number): Promise<void> {
    const cutoffMs = nowMs - this.limits.retentionDays.transitions * DAY_MS;
    this.#base = await checkpointBefore(db, cutoffMs);
    if ((await this.database.usedBytes(db)) <= this.limits.maxBytes) return;
    const forRoom = await checkpointForRoom(db);
    if (forRoom === undefined || forRoom.last_id <= (this.#base?.last_id ?? 0)) return;
    this.#base = forRoom;
    this.#droppedToMs = forRoom.at_ms;
  }

  async #trimRollUps(db: Queryable, nowMs: number): Promise<boolean> {
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
    return open.length === SCOPES_AT_ONCE;
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

/** The oldest one before which there is enough to go. */
async function checkpointForRoom(db: Queryable): Promise<Base | undefined> {
  const spans = await db.selectFrom('span').select(['last_id']).orderBy('first_id').execute();
  const last = spans[Math.floor(spans.length * SHARE_DROPPED)];
  if (last === undefined) return undefined;
  return db
    .selectFrom('checkpoint')
    .select(['last_id', 'at_ms'])
    .where('last_id', '>=', last.last_id)
    .orderBy('last_id')
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
