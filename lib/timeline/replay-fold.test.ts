import { describe, expect, it } from 'vitest';
import type { FleetBody } from '@/lib/fleet/model';
import type { ReplayBody } from '@/lib/history/bodies';
import type { ChangeEvent } from '@/lib/stream/protocol';
import { beginFold, covers, foldTo, gapsAt } from './replay-fold';

const at = (second: number) => new Date(second * 1_000).toISOString();
const service = (status: string) => ({ key: 'dc1/web', name: 'web', status });
const event = (seq: number, second: number, from: string, to: string): ChangeEvent =>
  ({
    topic: 'fleet',
    seq,
    at: at(second),
    observedAt: at(second),
    index: seq,
    changes: [{ key: 'dc1/web', op: 'put', value: service(to), from, merged: false }],
  }) as unknown as ChangeEvent;

const chunk: ReplayBody = {
  from: at(0),
  to: at(100),
  snapshot: {
    epoch: 1,
    seq: 0,
    at: at(0),
    consul: { address: '', reachable: true, since: at(0), reason: null },
    datacenters: [{ name: 'dc1', services: [service('passing')] }],
  } as unknown as FleetBody,
  changes: [
    event(1, 10, 'passing', 'critical'),
    event(2, 20, 'critical', 'warning'),
    event(3, 20, 'warning', 'passing'),
  ],
  gaps: [{ dc: 'dc1', from: at(40), to: at(50), reason: 'Lictor was not running.' }],
};
const statusAt = (second: number) => foldTo(beginFold(chunk), second * 1_000).fleet.datacenters[0]?.services[0]?.status;

describe('a replayed piece of the past', () => {
  it('is at each moment what the changes until then have made', () => {
    expect([0, 9, 10, 19, 20, 99].map(statusAt)).toEqual([
      'passing',
      'passing',
      'critical',
      'critical',
      'passing',
      'passing',
    ]);
  });

  it('goes forward by what is new, and back from the beginning', () => {
    const middle = foldTo(beginFold(chunk), 15_000);
    expect(foldTo(middle, 16_000)).toBe(middle);
    expect(foldTo(middle, 20_000).recent.map(({ to }) => to)).toEqual(['passing', 'warning', 'critical']);
    const back = foldTo(foldTo(middle, 20_000), 12_000);
    expect(back.fleet.datacenters[0]?.services[0]?.status).toBe('critical');
    expect(back.recent).toHaveLength(1);
    expect(foldTo(back, 5_000).fleet).toBe(chunk.snapshot);
  });

  it('knows which moments it tells of, and which of them nobody saw', () => {
    expect([-1, 0, 100, 101].map((second) => covers(chunk, second * 1_000))).toEqual([false, true, true, false]);
    expect([39, 40, 49, 50].map((second) => gapsAt(chunk.gaps, second * 1_000).length)).toEqual([0, 1, 1, 0]);
  });
});
