import { describe, expect, it } from 'vitest';
import { answerOf } from '@/server/consul/testing/answer';
import { recorded } from '@/server/consul/testing/fixture';
import { decodeAutopilotHealth, decodeAutopilotState } from './autopilot';
import { decodeMembers } from './members';
import { decodePeers } from './peers';
import { decodeRaftConfiguration } from './raft-configuration';

describe('what a real Consul said of its servers', () => {
  it('1.8.7: raft, peers, autopilot, the members of the WAN', () => {
    const raft = decodeRaftConfiguration(recorded('consul-1.8.7-raft-configuration'));
    expect(raft.map(({ name, voter, leader }) => [name, voter, leader])).toEqual([
      ['dc2-server-3', true, true],
      ['dc2-server-1', true, false],
      ['dc2-server-2', true, false],
    ]);
    expect(raft.map(({ address }) => address).sort()).toEqual([
      ...decodePeers(recorded('consul-1.8.7-status-peers')).toSorted(),
    ]);
    const { servers, ...totals } = decodeAutopilotHealth(recorded('consul-1.8.7-autopilot-health'));
    expect(totals).toEqual({ healthy: true, failureTolerance: 1 });
    expect(servers).toHaveLength(3);
    expect(servers.filter(({ leader }) => leader).map(({ lastContactMs }) => lastContactMs)).toEqual([0]);
    for (const server of servers) {
      expect(server).toMatchObject({ version: '1.8.7', voter: true, healthy: true });
      expect(server.lastContactMs).toBeLessThan(1_000);
      expect(server.lastIndex).toBeGreaterThan(0);
      expect(server.stableSince).toMatch(/^\d{4}-.*Z$/);
    }
    const abroad = decodeMembers(recorded('consul-1.8.7-agent-members-wan')).entries;
    expect(new Set(abroad.map(({ datacenter }) => datacenter))).toEqual(new Set(['dc1', 'dc2']));
    const ids = raft.map(({ id }) => id).sort();
    expect(abroad.flatMap(({ id, datacenter }) => (datacenter === 'dc2' ? [id] : [])).sort()).toEqual(ids);
  });

  it('1.10.11: autopilot by state and by health say the same', () => {
    const state = decodeAutopilotState(recorded('consul-1.10.11-autopilot-state'));
    const health = decodeAutopilotHealth(recorded('consul-1.10.11-autopilot-health'));
    expect(state.servers).toEqual([
      {
        ...{ id: '29f2721a-9686-5064-0fd2-7ecbead4cbd6', name: 'n-s1', address: '127.0.0.1:14700', version: '1.10.11' },
        ...{ leader: true, voter: true, healthy: true, lastContactMs: 0, lastIndex: 39 },
        stableSince: '2026-11-24T15:51:45.849Z',
      },
    ]);
    const withoutDate = ({ servers, ...rest }: typeof state) => ({
      ...rest,
      servers: servers.map((server) => ({ ...server, stableSince: '' })),
    });
    expect(withoutDate(state)).toEqual(withoutDate(health));
  });
});

describe('servers of a Consul in trouble', () => {
  it('are none while a new leader has not looked yet', () => {
    const body = { Healthy: false, FailureTolerance: 0, Servers: null };
    expect(decodeAutopilotHealth(answerOf(body))).toEqual({ healthy: false, failureTolerance: 0, servers: [] });
    expect(decodeAutopilotState(answerOf(body)).servers).toEqual([]);
    expect(decodeRaftConfiguration(answerOf({ Servers: null }))).toEqual([]);
    expect(decodePeers(answerOf('null'))).toEqual([]);
  });

  it('may have no name, no contact and no date', () => {
    const raft = { ID: 'a', Node: '(unknown)', Address: '10.0.0.1:8300', Leader: false, Voter: false };
    expect(decodeRaftConfiguration(answerOf({ Servers: [raft] }))[0]).toMatchObject({ name: null, voter: false });
    const judged = {
      ...{ ID: 'a', Name: 's1', Address: '10.0.0.1:8300', Version: '', Leader: false, Voter: true, Healthy: false },
      ...{ LastContact: 'never', LastIndex: 0, StableSince: '0001-01-01T00:00:00Z' },
    };
    const answer = answerOf({ Healthy: false, FailureTolerance: 0, Servers: [judged] });
    expect(decodeAutopilotHealth(answer).servers[0]).toMatchObject({
      ...{ healthy: false, lastContactMs: null, stableSince: null, version: '' },
    });
  });
});
