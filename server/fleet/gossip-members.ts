import type { Reading } from '@/lib/system/consul-health';
import type { Clock } from '@/server/consul/clock';
import { decodeMembers, type Member } from '@/server/consul/decode/members';
import type { Records } from '@/server/consul/decode/records';
import type { ConsulTransport } from '@/server/consul/transport';
import { ConsulReading } from './consul-reading';
import { type GentlePoll, pollGently } from './gentle-poll';

export interface GossipSight {
  readonly pool: 'lan' | 'wan';
  readonly reading: Reading;
  /** As last read; null: never. */
  readonly members: readonly Member[] | null;
  /** Whether the last attempt brought them. */
  readonly current: boolean;
}

const RULE = 'node_prefix "" { policy = "read" }';

/**
 * Who takes part in the gossip, as the agent at one address sees it: every agent of its own datacenter, and, where it is a server, the servers
 * of all others. The endpoint knows no `?dc=`, so one of these serves every datacenter behind the address.
 */
export class GossipMembers {
  readonly #lan: ConsulReading<Records<Member>>;
  readonly #wan: ConsulReading<Records<Member>>;
  #poll: GentlePoll | null = null;

  constructor(private readonly options: { transport: ConsulTransport; clock: Clock; random: () => number }) {
    const { clock } = options;
    this.#lan = new ConsulReading(clock, question({}));
    this.#wan = new ConsulReading(clock, question({ wan: '1' }));
  }

  start(): void {
    this.#poll = pollGently({
      ...this.options,
      round: async (signal) => {
        await Promise.all([this.#lan, this.#wan].map((reading) => reading.ask(this.options.transport, signal)));
      },
    });
  }

  /** What is known of `dc`. */
  of(dc: string): GossipSight {
    const lan = this.#lan.value?.entries ?? [];
    const isOwn = lan.some(({ datacenter }) => datacenter === dc);
    if (isOwn || this.#lan.value === null || lan.length === 0) return sightOf('lan', this.#lan, () => true);
    return withoutServers(sightOf('wan', this.#wan, ({ datacenter }) => datacenter === dc));
  }

  askSoon(): void {
    this.#poll?.askSoon();
  }

  /** The token is another one. */
  retryNow(): void {
    this.#lan.forgetRefusal();
    this.#wan.forgetRefusal();
    this.askSoon();
  }

  stop(): void {
    this.#poll?.stop();
  }
}

function question(query: Readonly<Record<string, string>>) {
  return { path: '/v1/agent/members', query, rule: RULE, decode: decodeMembers };
}

function sightOf(
  pool: GossipSight['pool'],
  source: ConsulReading<Records<Member>>,
  belongs: (member: Member) => boolean,
): GossipSight {
  const { value, reading } = source;
  const shown = { ...reading, source: pool === 'wan' ? `${reading.source}?wan=1` : reading.source };
  // An agent always is a member itself: where nobody is listed, Consul has left them out.
  if (value?.entries.length === 0 && pool === 'lan' && reading.problem === null) {
    const problem = `The token may read no node, so Consul leaves every member out without a word: grant ${RULE}.`;
    return { pool, reading: { ...shown, problem, missingRule: RULE }, members: null, current: false };
  }
  const members = value?.entries.filter(belongs).map((member) => withoutSuffix(member, pool)) ?? null;
  return { pool, reading: shown, members, current: reading.problem === null };
}

/** What it means that no server of another datacenter is known. */
function withoutServers(sight: GossipSight): GossipSight {
  if (sight.members === null || sight.members.length > 0) return sight;
  const problem =
    'The agent that Lictor asks knows no server of this datacenter by gossip: only servers know those of other datacenters. Give Lictor the address of a server to see them.';
  return { ...sight, reading: { ...sight.reading, problem }, members: null, current: false };
}

/** In the WAN pool a server is called `<node>.<datacenter>`. */
function withoutSuffix(member: Member, pool: GossipSight['pool']): Member {
  const suffix = `.${member.datacenter}`;
  if (pool === 'lan' || !member.name.endsWith(suffix)) return member;
  return { ...member, name: member.name.slice(0, -suffix.length) };
}
