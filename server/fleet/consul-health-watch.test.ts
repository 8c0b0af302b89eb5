import { afterEach, describe, expect, it } from 'vitest';
import { answerOf } from '@/server/consul/testing/answer';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import type { ConsulAnswer, ConsulRequest, ConsulTransport } from '@/server/consul/transport';
import { ConsulHealthWatch } from './consul-health-watch';
import { GossipMembers } from './gossip-members';

type Said = unknown | { status: number; text: string };

/** A Consul that answers each path as a test says, and what else it was asked. */
class ScriptedConsul implements ConsulTransport {
  readonly asked: string[] = [];
  readonly waitingCapacity = 100;
  readonly oldestUnreadMs = null;

  constructor(
    private readonly clock: ManualClock,
    private readonly said: Record<string, Said>,
  ) {}

  async request({ path, query }: ConsulRequest): Promise<ConsulAnswer> {
    const question = query?.wan ? `${path}?wan` : path;
    this.asked.push(question);
    const said = this.said[question];
    const facts = { receivedAtMs: this.clock.now(), source: `GET ${path} of Consul` };
    if (typeof said === 'object' && said !== null && 'status' in said && 'text' in said) {
      return answerOf(said.text, { ...facts, status: Number(said.status) });
    }
    return answerOf(said === undefined ? 'null' : said, facts);
  }

  count(path: string): number {
    return this.asked.filter((one) => one === path).length;
  }

  say(path: string, said: Said): void {
    this.said[path] = said;
  }

  get stats(): never {
    throw new Error('A scripted Consul counts nothing.');
  }

  async close(): Promise<void> {}
}

const STATE = '/v1/operator/autopilot/state';
const HEALTH = '/v1/operator/autopilot/health';
const RAFT = '/v1/operator/raft/configuration';
const unwell = { Healthy: false, FailureTolerance: 0, Servers: null };

function member(dc: string, n: number, pool: 'lan' | 'wan' = 'lan') {
  const Tags = { role: 'consul', dc, id: `${dc}-${n}`, port: '8300', build: '1.8.7:abc' };
  return { Name: pool === 'wan' ? `s${n}.${dc}` : `s${n}`, Addr: `10.0.0.${n}`, Status: 1, Tags };
}

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function watching(said: Record<string, Said>, datacenter = 'dc1') {
  const clock = new ManualClock();
  const transport = new ScriptedConsul(clock, said);
  const options = { transport, clock, random: () => 0 };
  const gossip = new GossipMembers(options);
  gossip.start();
  const watch = new ConsulHealthWatch({ ...options, datacenter, gossip });
  const probed = (leader: string | null) => watch.probed({ ok: true, atMs: clock.now(), leader });
  stops.push(
    () => gossip.stop(),
    () => watch.stop(),
  );
  return { clock, transport, watch, probed };
}

describe('what Consul is asked about itself', () => {
  it('is asked gently: a round in five seconds or more, and one soon after the leader changed', async () => {
    const { clock, transport, probed } = watching({});
    await clock.advance(0);
    expect(transport.count(RAFT)).toBe(1);
    probed('10.0.0.1:8300');
    probed('10.0.0.2:8300');
    await clock.advance(1_000);
    expect(transport.count(RAFT)).toBe(2);
    await clock.advance(4_999);
    expect(transport.count(RAFT)).toBe(2);
    await clock.advance(1);
    expect(transport.count(RAFT)).toBe(3);
  });

  it('is autopilot by its older endpoint where Consul knows no other, and that is remembered', async () => {
    const { clock, transport, watch, probed } = watching({
      [STATE]: { status: 404, text: '' },
      [HEALTH]: { status: 429, text: JSON.stringify(unwell) },
    });
    probed('10.0.0.1:8300');
    await clock.advance(20_000);
    expect(transport.count(STATE)).toBe(1);
    expect(transport.count(HEALTH)).toBeGreaterThan(2);
    const { readings, failureTolerance } = watch.report();
    expect(readings.autopilot).toMatchObject({ source: HEALTH, problem: null });
    expect(failureTolerance).toBe(0);
  });

  it('is not autopilot while there is no leader, and what it said before is not repeated', async () => {
    const { clock, transport, watch, probed } = watching({ [STATE]: { ...unwell, FailureTolerance: 1, Servers: {} } });
    probed('10.0.0.1:8300');
    await clock.advance(5_000);
    expect(watch.report().failureTolerance).toBe(1);
    probed(null);
    const before = transport.count(STATE);
    await clock.advance(30_000);
    expect(transport.count(STATE)).toBe(before);
    const { readings, failureTolerance } = watch.report();
    expect(failureTolerance).toBeNull();
    expect(readings.autopilot).toMatchObject({ problem: expect.stringContaining('no leader'), missingRule: null });
  });
});

describe('what the token may not read', () => {
  it('is named by its rule, asked for rarely, and at once with another token', async () => {
    const { clock, transport, watch } = watching({ [RAFT]: { status: 403, text: 'Permission denied' } });
    await clock.advance(29_000);
    expect(transport.count(RAFT)).toBe(1);
    expect(watch.report().readings.raft).toMatchObject({ readAt: null, missingRule: 'operator = "read"' });
    await clock.advance(10_000);
    expect(transport.count(RAFT)).toBe(2);
    transport.say(RAFT, { Servers: [] });
    watch.retryNow();
    await clock.advance(1_000);
    expect(watch.report().readings.raft).toMatchObject({ problem: null, missingRule: null });
  });

  it('is still named while there is no leader to be asked', async () => {
    const { clock, watch, probed } = watching({ [STATE]: { status: 403, text: 'Permission denied' } });
    probed('10.0.0.1:8300');
    await clock.advance(0);
    probed(null);
    await clock.advance(10_000);
    expect(watch.report().readings.autopilot.missingRule).toBe('operator = "read"');
  });

  it('has no rule where Consul does not know the token at all', async () => {
    const { clock, watch } = watching({ [RAFT]: { status: 403, text: 'ACL not found' } });
    await clock.advance(0);
    const { problem, missingRule } = watch.report().readings.raft;
    expect([missingRule, problem]).toEqual([null, expect.stringContaining('ACL not found')]);
  });

  it('are the members where none is listed, for an agent always is one itself', async () => {
    const { clock, watch } = watching({ '/v1/agent/members': [] });
    await clock.advance(0);
    const { readings, gossip } = watch.report();
    expect(readings.members.missingRule).toBe('node_prefix "" { policy = "read" }');
    expect(gossip).toBeNull();
  });
});

describe('servers of another datacenter', () => {
  const lan = [member('dc1', 1)];

  it('are known by the WAN gossip of the asked server, by their own names', async () => {
    const wan = [member('dc1', 1, 'wan'), member('dc2', 2, 'wan')];
    const { clock, watch } = watching({ '/v1/agent/members': lan, '/v1/agent/members?wan': wan }, 'dc2');
    await clock.advance(0);
    const { servers, gossip, readings } = watch.report();
    expect(servers.map(({ name }) => name)).toEqual(['s2']);
    expect(gossip).toMatchObject({ pool: 'wan', alive: 1 });
    expect(readings.members).toMatchObject({ source: '/v1/agent/members?wan=1', problem: null });
  });

  it('are not where the asked agent is a client, and that is said', async () => {
    const { clock, watch, probed } = watching(
      { '/v1/agent/members': lan, '/v1/status/peers': ['10.0.0.2:8300'] },
      'dc2',
    );
    probed(null);
    await clock.advance(0);
    const { quorum, gossip, readings } = watch.report();
    expect(readings.members.problem).toMatch(/only servers know those of other datacenters/);
    expect(gossip).toBeNull();
    expect(quorum).toMatchObject({ state: 'unknown', voters: 1, unseen: 1 });
  });
});
