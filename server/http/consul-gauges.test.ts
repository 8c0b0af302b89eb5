import { expect, it } from 'vitest';
import type { SystemState } from '@/lib/stream/system-changes';
import { judgeConsul } from '@/lib/system/judge-consul';
import { consulGauges } from './consul-gauges';

const member = (n: number, status: 'alive' | 'failed') => ({
  ...{ name: `s${n}`, address: '10.0.0.1', rpcAddress: `10.0.0.${n}:8300`, id: null, status, version: '1.8.7' },
  server: true,
});

it('tells the quorum, the voters and the members, and leaves out what nobody told', () => {
  const reading = { source: '/v1/x', readAt: null, problem: null, missingRule: null };
  const consul = judgeConsul({
    readings: {
      ...{ leader: reading, raft: reading, autopilot: reading, members: reading },
      peers: { ...reading, readAt: '2026-01-01T00:00:00.500Z' },
    },
    ...{ leader: null, leaderSight: 'none', autopilot: null },
    peers: [1, 2, 3].map((n) => ({
      ...{ address: `10.0.0.${n}:8300`, id: null, name: null, voter: null, lastIndex: null },
    })),
    gossip: { pool: 'lan', members: [member(1, 'alive'), member(2, 'failed'), member(3, 'failed')], current: true },
  });
  const series: Record<string, number> = {};
  const state = { datacenters: [{ name: 'dc1', consul }] } as unknown as SystemState;
  consulGauges(
    (name, _help, _labels, fill) =>
      fill(({ dc: _, ...labels }, value) => {
        series[[name, ...Object.values(labels)].join(' ')] = value;
      }),
    () => state,
  );
  expect(series).toEqual({
    'lictor_consul_quorum kept': 0,
    'lictor_consul_quorum lost': 1,
    'lictor_consul_quorum electing': 0,
    'lictor_consul_quorum unknown': 0,
    'lictor_consul_voters all': 3,
    'lictor_consul_voters reachable': 1,
    'lictor_consul_voters needed': 2,
    'lictor_consul_members alive': 1,
    'lictor_consul_members leaving': 0,
    'lictor_consul_members left': 0,
    'lictor_consul_members failed': 2,
    // 2026-01-01T00:00:00Z is 1,767,225,600 s.
    'lictor_consul_read_timestamp_seconds peers': 1_767_225_600.5,
  });
});
