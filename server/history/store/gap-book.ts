import { joinSpans, type Span } from '@/lib/history/gap-time';
import type { Gap } from '@/lib/history/transition';
import type { GapChange } from '@/server/history/record-store';
import type { Queryable } from './tables';
import { decodeText, encodeText } from './text-encoding';
import type { TextTable } from './text-table';

/** A gap that ended longer before the newest one is of no use to a bucket of a day that is still counted. */
const REMEMBERED_MS = 3 * 86_400_000;

interface KnownGap {
  readonly id: number;
  readonly dc: number;
  readonly fromMs: number;
  toMs: number | null;
  readonly reason: string;
}

/** The gaps that the writer has to know: those that are open, and those of the last days, which roll-ups do not count. */
export class GapBook {
  #gaps: KnownGap[] = [];
  #nextId = 1;
  readonly #joined = new Map<number, readonly Span[]>();

  async load(db: Queryable): Promise<void> {
    const newest = await db
      .selectFrom('gap')
      .select(({ fn }) => [fn.max('id').as('id'), fn.max('to_ms').as('toMs')])
      .executeTakeFirst();
    this.#nextId = Number(newest?.id ?? 0) + 1;
    const rows = await db
      .selectFrom('gap')
      .selectAll()
      .where((row) => row.or([row('to_ms', 'is', null), row('to_ms', '>', Number(newest?.toMs ?? 0) - REMEMBERED_MS)]))
      .orderBy('id')
      .execute();
    this.#gaps = rows.map(({ id, dc_id, from_ms, to_ms, reason }) => ({
      ...{ id, dc: dc_id, fromMs: from_ms, toMs: to_ms, reason },
    }));
    this.#joined.clear();
  }

  /** Writes one change. A datacenter has one open gap at most: what begins within it is the same one; what ends without one ends nothing. */
  async change(db: Queryable, { op, atMs, reason }: GapChange, dc: number): Promise<void> {
    const open = this.#gaps.find((gap) => gap.dc === dc && gap.toMs === null);
    this.#joined.delete(dc);
    if (op === 'end') {
      if (open === undefined) return;
      // The clock may have been set back since it began.
      open.toMs = Math.max(open.fromMs, atMs);
      await db.updateTable('gap').set({ to_ms: open.toMs }).where('id', '=', open.id).execute();
      const oldestMs = open.toMs - REMEMBERED_MS;
      this.#gaps = this.#gaps.filter(({ toMs }) => toMs === null || toMs > oldestMs);
      return;
    }
    if (open !== undefined) return;
    const gap = { id: this.#nextId, dc, fromMs: atMs, toMs: null, reason };
    this.#nextId += 1;
    await db
      .insertInto('gap')
      .values({ id: gap.id, dc_id: dc, from_ms: atMs, to_ms: null, reason: encodeText(reason) })
      .execute();
    this.#gaps.push(gap);
  }

  /** Of one datacenter, in order, without overlap. */
  spans(dc: number): readonly Span[] {
    const known = this.#joined.get(dc) ?? joinSpans(this.#gaps.filter((gap) => gap.dc === dc));
    this.#joined.set(dc, known);
    return known;
  }

  async open(db: Queryable, texts: TextTable): Promise<Gap[]> {
    const open = this.#gaps.filter(({ toMs }) => toMs === null);
    const names = await texts.values(
      db,
      open.map(({ dc }) => dc),
    );
    return open.map(({ dc, fromMs, toMs, reason }) => ({
      ...{ dc: names.get(dc) ?? '', fromMs, toMs, reason: decodeText(reason) },
    }));
  }
}
