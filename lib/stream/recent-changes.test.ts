import { describe, expect, it } from 'vitest';
import type { Change, ChangeEvent } from './protocol';
import { withRecent } from './recent-changes';

const change = (over: Partial<Change>): Change => ({
  key: 'dc1/web',
  op: 'put',
  value: { status: 'critical' },
  from: 'passing',
  merged: false,
  ...over,
});
const event = (seq: number, ...changes: Change[]): ChangeEvent => ({
  topic: 'fleet',
  seq,
  at: '2026-01-01T00:00:01.000Z',
  observedAt: '2026-01-01T00:00:00.000Z',
  index: seq,
  changes,
});

describe('the transitions that a tab has seen', () => {
  it('holds what changed from what to what, with names decoded', () => {
    expect(withRecent([], event(7, change({ key: 'dc1/a%2Fb', merged: true })))).toEqual([
      {
        dc: 'dc1',
        service: 'a/b',
        key: 'dc1/a%2Fb',
        from: 'passing',
        to: 'critical',
        observedAt: '2026-01-01T00:00:00.000Z',
        merged: true,
        seq: 7,
      },
    ]);
  });

  it('leaves out a put that changes no status, and the freshness of a datacenter', () => {
    const same = change({ from: 'critical' });
    const freshness = change({ key: 'dc1', from: null, value: { name: 'dc1' } });
    const none: readonly never[] = [];
    expect(withRecent(none, event(1, same, freshness))).toBe(none);
  });

  it('holds arrivals and removals', () => {
    const seen = withRecent([], event(1, change({ from: null }), change({ op: 'remove', value: null })));
    expect(seen.map(({ from, to }) => [from, to])).toEqual([
      ['passing', null],
      [null, 'critical'],
    ]);
  });

  it('puts the newest first and keeps 50', () => {
    let seen = withRecent([], event(0));
    for (let seq = 1; seq <= 60; seq += 1) seen = withRecent(seen, event(seq, change({})));
    expect(seen.map((entry) => entry.seq)).toEqual(Array.from({ length: 50 }, (_, n) => 60 - n));
  });
});
