import { describe, expect, it } from 'vitest';
import { type GossipServer, type JudgedServer, joinServers, type RaftPeer } from './join-servers';

const peer = (n: number, more: Partial<RaftPeer> = {}): RaftPeer => ({
  ...{ id: `id-${n}`, name: `s${n}`, address: `10.0.0.${n}:8300`, voter: true, lastIndex: null },
  ...more,
});
const address = (n: number): RaftPeer => peer(n, { id: null, name: null, voter: null });
const member = (n: number, more: Partial<GossipServer> = {}): GossipServer => ({
  ...{ id: `id-${n}`, name: `s${n}`, rpcAddress: `10.0.0.${n}:8300`, version: '1.8.7', status: 'alive' },
  ...more,
});
const judged = (n: number, more: Partial<JudgedServer> = {}): JudgedServer => ({
  ...{ id: `id-${n}`, name: `s${n}`, address: `10.0.0.${n}:8300`, version: '1.8.7', voter: true, healthy: true },
  ...{ lastContactMs: 12, lastIndex: 345, stableSince: '2026-01-01T00:00:00.000Z' },
  ...more,
});

describe('the servers of a datacenter', () => {
  it('are one list from raft, autopilot and gossip', () => {
    const servers = joinServers({
      peers: [peer(2), peer(1)],
      autopilot: [judged(1), judged(2, { healthy: false, lastContactMs: 0 })],
      gossip: [member(1), member(2, { status: 'failed' })],
      leader: '10.0.0.1:8300',
    });
    expect(servers).toEqual([
      {
        ...{ id: 'id-1', name: 's1', address: '10.0.0.1:8300', version: '1.8.7', gossip: 'alive', voter: true },
        ...{ leader: true, healthy: true, lastContactMs: 12, lastIndex: 345 },
        stableSince: '2026-01-01T00:00:00.000Z',
      },
      expect.objectContaining({ name: 's2', gossip: 'failed', leader: false, healthy: false, lastContactMs: 0 }),
    ]);
  });

  it('are known by their addresses where the token may not ask the operator', () => {
    const servers = joinServers({
      peers: [address(1), address(2)],
      autopilot: [],
      gossip: [member(1)],
      leader: null,
    });
    expect(servers).toMatchObject([
      { name: '10.0.0.2:8300', id: null, gossip: 'unknown', voter: null, healthy: null, version: null },
      { name: 's1', id: 'id-1', gossip: 'alive', voter: null },
    ]);
  });

  it('are the same by their id though their gossip goes out by another address', () => {
    const abroad = member(1, { rpcAddress: '203.0.113.7:8300', status: 'failed' });
    expect(joinServers({ peers: [peer(1)], autopilot: [], gossip: [abroad], leader: null })).toMatchObject([
      { name: 's1', address: '10.0.0.1:8300', gossip: 'failed' },
    ]);
  });

  it('vote for nothing while they are in the gossip alone; where no peer is known that is not said', () => {
    const servers = joinServers({ peers: [peer(1)], autopilot: [], gossip: [member(1), member(2)], leader: null });
    expect(servers.map(({ name, voter }) => [name, voter])).toEqual([
      ['s1', true],
      ['s2', false],
    ]);
    expect(joinServers({ peers: [], autopilot: [], gossip: [member(2)], leader: null })[0]?.voter).toBeNull();
  });

  it('are not led by one without an address', () => {
    const nameless = member(1, { rpcAddress: null });
    expect(joinServers({ peers: [], autopilot: [], gossip: [nameless], leader: null })).toMatchObject([
      { leader: false, address: '' },
    ]);
  });
});
