import { describe, expect, it } from 'vitest';
import type { ConsulHealth } from './consul-health';
import { judgeConsul } from './judge-consul';
import { judgeSystem } from './judge-system';
import { serverState, serverStatus } from './server-state';

describe('a server in one word', () => {
  it.each([
    [{ gossip: 'alive', healthy: true }, 'healthy', 'passing'],
    [{ gossip: 'alive', healthy: null }, 'alive', 'passing'],
    [{ gossip: 'alive', healthy: false }, 'unhealthy', 'warning'],
    [{ gossip: 'failed', healthy: true }, 'failed', 'critical'],
    [{ gossip: 'left', healthy: null }, 'left', 'unknown'],
    [{ gossip: 'unknown', healthy: true }, 'healthy', 'passing'],
    [{ gossip: 'unknown', healthy: null }, 'unseen', 'unknown'],
  ] as const)('%o is %s, shown as %s', (server, state, status) => {
    expect([serverState(server), serverStatus(server)]).toEqual([state, status]);
  });
});

describe('the verdict on Consul', () => {
  it('is the worst that is known, and names where', () => {
    const well = consul('known', 'alive');
    const shaken = consul('known', 'failed');
    const lost = consul('none', 'failed', 'failed');
    const electing = consul('none', 'failed');
    const dark = consul('unknown');
    const verdict = (...each: (ConsulHealth | null)[]) =>
      judgeSystem(each.map((one, at) => ({ name: `dc${at + 1}`, consul: one })));
    expect(verdict()).toEqual({ kind: 'none' });
    expect(verdict(well, well)).toEqual({ kind: 'kept', dcs: ['dc1', 'dc2'] });
    expect(verdict(well, null)).toEqual({ kind: 'unknown', dcs: ['dc2'] });
    expect(verdict(well, dark)).toEqual({ kind: 'unknown', dcs: ['dc2'] });
    expect(verdict(dark, shaken)).toEqual({ kind: 'unwell', dcs: ['dc2'], servers: 1 });
    expect(verdict(shaken, electing)).toEqual({ kind: 'electing', dcs: ['dc2'] });
    expect(verdict(electing, lost, well)).toEqual({ kind: 'lost', dcs: ['dc2'] });
  });
});

/** Three voters, the first of them alive, the others as given, else alive too. `unknown`: nothing could be read at all. */
function consul(
  leaderSight: 'known' | 'none' | 'unknown',
  second: 'alive' | 'failed' = 'alive',
  third: 'alive' | 'failed' = 'alive',
): ConsulHealth {
  const reading = { source: '/v1/x', readAt: null, problem: null, missingRule: null };
  const address = (n: number) => `10.0.0.${n}:8300`;
  const members = (['alive', second, third] as const).map((status, at) => ({
    ...{
      name: `s${at}`,
      address: '10.0.0.1',
      rpcAddress: address(at),
      id: null,
      version: '1.8.7',
      server: true,
      status,
    },
  }));
  return judgeConsul({
    readings: { leader: reading, peers: reading, raft: reading, autopilot: reading, members: reading },
    ...{ leader: leaderSight === 'known' ? address(0) : null, leaderSight, autopilot: null },
    peers: [0, 1, 2].map((n) => ({ address: address(n), id: null, name: null, voter: null, lastIndex: null })),
    gossip: leaderSight === 'unknown' ? null : { pool: 'lan', members, current: true },
  });
}
