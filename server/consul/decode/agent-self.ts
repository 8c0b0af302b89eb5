import { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { wholeBody } from './whole-body';

/** The little that Lictor needs of an agent's description of itself. */
export const agentSelfSchema = z.object({
  Config: z.object({
    Version: z.string(),
    Datacenter: z.string(),
    /** Empty or absent where nothing is federated. */
    PrimaryDatacenter: z.string().nullish(),
  }),
  DebugConfig: z
    .object({
      /** Connections that one client address may hold. */
      HTTPMaxConnsPerClient: z.number().nullish(),
      PrimaryDatacenter: z.string().nullish(),
    })
    .nullish(),
});

export interface AgentSelf {
  readonly version: string;
  readonly datacenter: string;
  /** Null where the agent does not say. */
  readonly primaryDatacenter: string | null;
  /** Null where the agent does not say; 0: no limit. */
  readonly maxConnectionsPerClient: number | null;
}

/** `/v1/agent/self`; always of the agent that is asked, never of another datacenter. */
export function decodeAgentSelf(answer: ConsulAnswer): AgentSelf {
  return agentSelfOf(wholeBody(answer, agentSelfSchema));
}

export function agentSelfOf({ Config, DebugConfig }: z.infer<typeof agentSelfSchema>): AgentSelf {
  return {
    version: Config.Version,
    datacenter: Config.Datacenter,
    primaryDatacenter: Config.PrimaryDatacenter || DebugConfig?.PrimaryDatacenter || null,
    maxConnectionsPerClient: DebugConfig?.HTTPMaxConnsPerClient ?? null,
  };
}
