import { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { type Records, records, textField } from './records';

const wireMemberSchema = z.object({
  Name: z.string(),
  Addr: z.string(),
  /** Serf's: 1 alive, 2 leaving, 3 left, 4 failed. */
  Status: z.number(),
  Tags: z.record(z.string(), z.string()).nullish(),
});

export interface Member {
  readonly name: string;
  readonly address: string;
  readonly alive: boolean;
  readonly server: boolean;
  /** "1.8.7"; empty where the member does not say. */
  readonly version: string;
}

/** `/v1/agent/members`: who takes part in the gossip. */
export function decodeMembers(answer: ConsulAnswer): Records<Member> {
  return records(answer, wireMemberSchema, memberOf, (raw) => ({ node: textField(raw, 'Name'), id: null }));
}

function memberOf({ Name, Addr, Status, Tags }: z.infer<typeof wireMemberSchema>): Member {
  return {
    name: Name,
    address: Addr,
    alive: Status === 1,
    server: Tags?.role === 'consul',
    // "1.8.7:abc123": the revision is not part of the version.
    version: Tags?.build?.split(':')[0] ?? '',
  };
}
