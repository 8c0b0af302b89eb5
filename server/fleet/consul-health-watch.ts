import type { ConsulHealth } from '@/lib/system/consul-health';
import { judgeConsul } from '@/lib/system/judge-consul';
import type { LeaderSight } from '@/lib/system/judge-quorum';
import type { Clock } from '@/server/consul/clock';
import { decodeLeader } from '@/server/consul/decode/leader';
import { decodePeers } from '@/server/consul/decode/peers';
import { decodeRaftConfiguration } from '@/server/consul/decode/raft-configuration';
import type { ProbeReport } from '@/server/consul/probe';
import type { ConsulTransport } from '@/server/consul/transport';
import { AutopilotReading } from './autopilot-reading';
import { ConsulReading } from './consul-reading';
import { type GentlePoll, pollGently } from './gentle-poll';
import type { GossipMembers } from './gossip-members';

export interface ConsulHealthOptions {
  readonly datacenter: string;
  readonly transport: ConsulTransport;
  readonly gossip: GossipMembers;
  readonly clock: Clock;
  readonly random: () => number;
}

const RULE = 'operator = "read"';
const NO_LEADER =
  'Not asked while Consul has no leader there: it is the leader that keeps watch over the other servers.';

/** Asks one datacenter's Consul about itself, gently; the leader is known from the probe, which asks for it anyway. */
export class ConsulHealthWatch {
  readonly #options: ConsulHealthOptions;
  readonly #leader: ConsulReading<string | null>;
  readonly #peers: ConsulReading<readonly string[]>;
  readonly #raft: ConsulReading<ReturnType<typeof decodeRaftConfiguration>>;
  readonly #autopilot: AutopilotReading;
  readonly #poll: GentlePoll;

  constructor(options: ConsulHealthOptions) {
    this.#options = options;
    const { clock } = options;
    const query = { dc: options.datacenter };
    this.#leader = new ConsulReading(clock, { path: '/v1/status/leader', query, rule: null, decode: decodeLeader });
    this.#peers = new ConsulReading(clock, { path: '/v1/status/peers', query, rule: null, decode: decodePeers });
    this.#raft = new ConsulReading(clock, {
      path: '/v1/operator/raft/configuration',
      // Any server may answer: without a leader this is what tells who would have to be there.
      query: { ...query, stale: '' },
      rule: RULE,
      decode: decodeRaftConfiguration,
    });
    this.#autopilot = new AutopilotReading(clock, query, RULE);
    this.#poll = pollGently({ ...options, round: (signal) => this.#round(signal) });
  }

  /** A change of leader, or its loss, is when the rest is worth another look. */
  probed(report: ProbeReport): void {
    if (!report.ok) {
      this.#leader.failed(report.error);
      return;
    }
    const changed = this.#leader.current !== report.leader;
    this.#leader.taken(report.leader, report.atMs);
    if (!changed) return;
    this.#poll.askSoon();
    this.#options.gossip.askSoon();
  }

  report(): ConsulHealth {
    const { datacenter, gossip } = this.#options;
    const { reading, pool, members, current } = gossip.of(datacenter);
    return judgeConsul({
      readings: {
        leader: this.#leader.reading,
        peers: this.#peers.reading,
        raft: this.#raft.reading,
        autopilot: this.#autopilot.reading,
        members: reading,
      },
      leader: this.#leader.current,
      leaderSight: this.#leaderSight,
      peers:
        this.#raft.current ??
        addressesAlone(this.#peers.current) ??
        this.#raft.value ??
        addressesAlone(this.#peers.value) ??
        [],
      autopilot: this.#autopilot.current,
      gossip: members && { pool, members, current },
    });
  }

  /** The token is another one. */
  retryNow(): void {
    this.#raft.forgetRefusal();
    this.#autopilot.forgetRefusal();
    this.#poll.askSoon();
  }

  stop(): void {
    this.#poll.stop();
  }

  get #leaderSight(): LeaderSight {
    if (this.#leader.current !== null) return 'known';
    const { readAt, problem } = this.#leader.reading;
    return readAt !== null && problem === null ? 'none' : 'unknown';
  }

  async #round(signal: AbortSignal): Promise<void> {
    const { transport } = this.#options;
    const asked: { ask(transport: ConsulTransport, signal: AbortSignal): Promise<unknown> }[] = [
      this.#peers,
      this.#raft,
    ];
    // Without a leader Consul holds this question for as long as it may, and then has no answer.
    if (this.#leaderSight === 'none') this.#autopilot.skipped(NO_LEADER);
    else asked.push(this.#autopilot);
    await Promise.all(asked.map((reading) => reading.ask(transport, signal)));
  }
}

function addressesAlone(addresses: readonly string[] | null) {
  return addresses?.map((address) => ({ address, id: null, name: null, voter: null, lastIndex: null }));
}
