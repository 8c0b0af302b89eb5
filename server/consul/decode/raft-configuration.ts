import { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { wholeBody } from './whole-body';

const raftSchema = z.object({
  Servers: z
    .array(
      z.object({
        ID: z.string(),
        /** "(unknown)" where the catalog has no such node. */
        Node: z.string(),
        Address: z.string(),
        Leader: z.boolean(),
        Voter: z.boolean(),
        /** From 1.20 on; absent before. */
        LastIndex: z.number().nullish(),
      }),
    )
    .nullable(),
});

export interface RaftServer {
  readonly id: string;
  /** Null where the catalog has no such node. */
  readonly name: string | null;
  readonly address: string;
  readonly leader: boolean;
  readonly voter: boolean;
  readonly lastIndex: number | null;
}

/** `/v1/operator/raft/configuration`: who is in the raft, and who of them may vote. */
export function decodeRaftConfiguration(answer: ConsulAnswer): readonly RaftServer[] {
  return (wholeBody(answer, raftSchema).Servers ?? []).map((server) => ({
    id: server.ID,
    name: server.Node === '(unknown)' ? null : server.Node,
    address: server.Address,
    leader: server.Leader,
    voter: server.Voter,
    lastIndex: server.LastIndex ?? null,
  }));
}
