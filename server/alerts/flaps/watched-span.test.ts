import { expect, test } from 'vitest';
import type { DatacenterRecord, FreshnessState } from '@/lib/fleet/model';
import { WatchedSpan, type Watching } from './watched-span';

const known = () => ({ services: ['web', 'api'], nodes: ['a'] });

function recordOf(state: FreshnessState, lastContactMs: number): DatacenterRecord {
  const freshness = { state, since: '2026-01-01T00:00:00.000Z', lastContactMs, reason: null };
  return { name: 'dc1', freshness, partial: false, leader: null, unconfirmed: null };
}

/** Judged each quarter of a second. */
class Told {
  readonly span = new WatchedSpan();
  readonly edges: string[] = [];
  #atMs = 100_000;

  judge(forMs: number, state: FreshnessState, rest: Partial<Watching> = {}): void {
    for (let ms = 0; ms <= forMs; ms += 250) {
      const watching = { record: recordOf(state, 400), synced: true, notLive: 0, hasUnread: false, ...rest };
      const change = this.span.judge(watching, { wallMs: this.#atMs, steadyMs: this.#atMs }, known);
      if (change) this.edges.push(`${change.edge} ${change.atMs}`);
      this.#atMs += 250;
    }
  }
}

test('it begins unwatched, and is watched once it is live, read, and what came late has come', () => {
  const told = new Told();
  told.judge(500, 'live', { synced: false });
  told.judge(500, 'live', { hasUnread: true });
  told.judge(0, 'live');
  expect(told.edges).toEqual([]);
  told.judge(500, 'live');
  expect(told.edges).toEqual(['gap-ends 101750']);
});

test('a gap begins with the last sign of life, and a watch that still fails keeps it open for ten seconds at most', () => {
  const told = new Told();
  told.judge(2_000, 'live');
  told.judge(1_000, 'stale');
  expect(told.edges).toEqual(['gap-ends 101000', 'gap-begins 101850']);
  told.judge(9_750, 'live', { notLive: 1 });
  expect(told.span.isWatched).toBe(false);
  told.judge(500, 'live', { notLive: 1 });
  expect(told.span.isWatched).toBe(true);
});

test('what is seen in a gap, or is the first seen of something after it by an answer after a break, happened at some moment since', () => {
  const told = new Told();
  expect(told.span.see('service', 'web', true, true), 'before the first look').toBe(0);
  told.judge(2_000, 'live');
  told.judge(1_000, 'lost');
  expect(told.span.see('service', 'web', false, false)).toBe(101_850);
  told.judge(2_000, 'live');
  expect(told.span.see('service', 'web', true, false), 'it was seen in the gap').toBeNull();
  expect(told.span.see('service', 'api', true, false), 'it was not').toBe(101_850);
  expect(told.span.see('service', 'api', true, false), 'the second time').toBeNull();
  expect(told.span.see('service', 'new', true, true), 'nobody knew it').toBe(0);
  expect(told.span.see('service', 'new-2', false, true), 'it came while it was watched').toBeNull();
});
