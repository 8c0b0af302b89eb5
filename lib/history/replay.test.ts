import { describe, expect, it } from 'vitest';
import type { FleetBody } from '@/lib/fleet/model';
import { foldChange } from '@/lib/stream/fold';
import type { ChangeEvent } from '@/lib/stream/protocol';
import { pastFleet } from './past-fleet';
import { instanceJson } from './recorded-json';
import { Replay } from './replay';
import { datacenterSubject, instanceSubject, serviceSubject } from './subjects';
import type { RecordedTransition, Subject, TransitionKind } from './transition';

const AT_MS = 1_700_000_000_000;

let id = 0;
const transition = (
  subject: Subject,
  kind: TransitionKind,
  from: string | null,
  to: string | null,
): RecordedTransition => {
  id += 1;
  return {
    ...{ id, subject, kind, item: null, from, to },
    ...{ observedAtMs: AT_MS + id, index: id, merged: false, unwatchedFromMs: null },
  };
};

describe('a replay from before the record began', () => {
  const stamp = { epoch: 1, seq: 0, at: new Date(AT_MS).toISOString() };
  const nothing = pastFleet({ atMs: AT_MS, stamp, datacenters: [] }, { address: 'http://127.0.0.1:8500' });
  const instance = {
    ...{ key: 'dc1/n1/web-1', id: 'web-1', node: 'n1', address: '10.0.0.1', port: 80, version: '1.0', tags: [] },
    ...{ meta: {}, weights: { passing: 1, warning: 1 }, status: 'critical' as const, checks: [] },
  };
  const fold = (body: FleetBody, event: ChangeEvent | null) =>
    event ? (foldChange(body, 'fleet', event) as FleetBody) : body;

  it('claims nothing of Consul', () => {
    expect(nothing).toMatchObject({ datacenters: [], consul: { reachable: true } });
  });

  it('has each datacenter from the first thing that was seen of it', () => {
    const replay = new Replay([], AT_MS, 0, 1_000);
    const seen = [
      transition(instanceSubject('dc1', 'web', instance), 'registered', null, instanceJson(instance)),
      transition(serviceSubject('dc1', 'web'), 'registered', null, 'critical'),
    ];
    const first = fold(nothing, replay.seen(seen, AT_MS + 1));
    expect(first.datacenters.map(({ name, services }) => [name, services.map(({ status }) => status)])).toEqual([
      ['dc1', ['critical']],
    ]);
    const stale = transition(datacenterSubject('dc1'), 'freshness', 'live', 'stale');
    const later = fold(first, replay.seen([stale], AT_MS + 2));
    expect(later.datacenters[0]).toMatchObject({ freshness: { state: 'stale' }, services: [{ name: 'web' }] });
  });

  it('has none for being named by an edge of the topology', () => {
    const replay = new Replay([], AT_MS, 0, 1_000);
    const edge = transition(serviceSubject('dc9', 'front'), 'edge', null, '{"kinds":["declared"]}');
    expect(replay.seen([edge], AT_MS + 1)).toBeNull();
  });

  it('has one too that begins with a gap', () => {
    const replay = new Replay([], AT_MS, 0, 1_000);
    const gap = { dc: 'dc2', fromMs: AT_MS + 5, toMs: null, reason: 'dc2 does not answer.' };
    const after = fold(nothing, replay.gapEdge(gap, AT_MS + 5));
    expect(after.datacenters).toMatchObject([{ name: 'dc2', freshness: { state: 'lost' }, services: [] }]);
  });
});
