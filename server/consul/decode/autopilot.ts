import { z } from 'zod';
import { goDurationMs } from '@/lib/system/go-duration';
import type { ConsulAnswer } from '@/server/consul/transport';
import { wholeBody } from './whole-body';

const common = {
  ID: z.string(),
  Name: z.string(),
  Address: z.string(),
  Version: z.string().nullish(),
  LastContact: z.string().nullish(),
  LastIndex: z.number().nullish(),
  Healthy: z.boolean(),
  StableSince: z.string().nullish(),
};
const totals = { Healthy: z.boolean(), FailureTolerance: z.number() };

const healthSchema = z.object({
  ...totals,
  Servers: z.array(z.object({ ...common, Leader: z.boolean(), Voter: z.boolean() })).nullable(),
});

const stateSchema = z.object({
  ...totals,
  /** By server id. */
  Servers: z.record(z.string(), z.object({ ...common, Status: z.string() })).nullable(),
  Leader: z.string().nullish(),
  Voters: z.array(z.string()).nullish(),
});

interface AutopilotServer {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** Empty where autopilot does not know it. */
  readonly version: string;
  readonly leader: boolean;
  readonly voter: boolean;
  readonly healthy: boolean;
  readonly lastContactMs: number | null;
  readonly lastIndex: number | null;
  readonly stableSince: string | null;
}

export interface Autopilot {
  readonly healthy: boolean;
  readonly failureTolerance: number;
  readonly servers: readonly AutopilotServer[];
}

/** `/v1/operator/autopilot/health`, in every version; it comes with status 429 where not all is healthy. */
export function decodeAutopilotHealth(answer: ConsulAnswer): Autopilot {
  const { Healthy, FailureTolerance, Servers } = wholeBody(answer, healthSchema);
  const servers = (Servers ?? []).map((server) => serverOf(server, server.Leader, server.Voter));
  return { healthy: Healthy, failureTolerance: FailureTolerance, servers };
}

/** `/v1/operator/autopilot/state`, from Consul 1.9 on. */
export function decodeAutopilotState(answer: ConsulAnswer): Autopilot {
  const { Healthy, FailureTolerance, Servers, Leader, Voters } = wholeBody(answer, stateSchema);
  const voters = new Set(Voters ?? []);
  const servers = Object.values(Servers ?? {}).map((server) =>
    serverOf(server, server.ID === Leader, voters.has(server.ID)),
  );
  return { healthy: Healthy, failureTolerance: FailureTolerance, servers };
}

type Wire = z.infer<z.ZodObject<typeof common>>;

function serverOf(server: Wire, leader: boolean, voter: boolean): AutopilotServer {
  const stableAtMs = Date.parse(server.StableSince ?? '');
  return {
    id: server.ID,
    name: server.Name,
    address: server.Address,
    version: server.Version ?? '',
    leader,
    voter,
    healthy: server.Healthy,
    lastContactMs: goDurationMs(server.LastContact ?? ''),
    lastIndex: server.LastIndex ?? null,
    // Go's year 1 stands for "never".
    stableSince: stableAtMs > 0 ? new Date(stableAtMs).toISOString() : null,
  };
}
