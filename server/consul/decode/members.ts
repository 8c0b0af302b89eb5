import { z } from 'zod';
import type { GossipStatus } from '@/lib/system/consul-health';
import type { ConsulAnswer } from '@/server/consul/transport';
import { type Records, records, textField } from './records';

const wireMemberSchema = z.object({
  Name: z.string(),
  Addr: z.string(),
  Status: z.number(),
  Tags: z.record(z.string(), z.string()).nullish(),
});

/** Serf's numbers. */
const STATUSES: Readonly<Record<number, GossipStatus>> = { 1: 'alive', 2: 'leaving', 3: 'left', 4: 'failed' };

export interface Member {
  /** In the WAN pool `<node>.<datacenter>`. */
  readonly name: string;
  readonly address: string;
  readonly status: GossipStatus;
  readonly server: boolean;
  /** "1.8.7"; empty where the member does not say. */
  readonly version: string;
  /** Empty where the member does not say. */
  readonly datacenter: string;
  /** Its node id, which is a server's raft id too; null where the member does not say. */
  readonly id: string | null;
  /** `host:port` of a server's RPC; null for a client. */
  readonly rpcAddress: string | null;
}

/** `/v1/agent/members`: who takes part in the gossip. */
export function decodeMembers(answer: ConsulAnswer): Records<Member> {
  return records(answer, wireMemberSchema, memberOf, (raw) => ({ node: textField(raw, 'Name'), id: null }));
}

function memberOf({ Name, Addr, Status, Tags }: z.infer<typeof wireMemberSchema>): Member {
  const server = Tags?.role === 'consul';
  return {
    name: Name,
    address: Addr,
    status: STATUSES[Status] ?? 'unknown',
    server,
    // "1.8.7:abc123": the revision is not part of the version.
    version: Tags?.build?.split(':')[0] ?? '',
    datacenter: Tags?.dc ?? '',
    id: Tags?.id || null,
    rpcAddress: server && Tags?.port ? hostAndPort(Addr, Tags.port) : null,
  };
}

const hostAndPort = (host: string, port: string): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
