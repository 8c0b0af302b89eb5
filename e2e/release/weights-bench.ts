import type { Stage } from '@/e2e/harness/stage';
import type { World } from '@/e2e/world/world';
import type { PlannedWrite, WriteOf } from '@/lib/release/planned-write';
import type { Shares } from '@/lib/release/split-body';
import type { AgentSettings } from '@/server/config/agents-settings';
import { systemClock } from '@/server/consul/clock';
import { consulTransport } from '@/server/consul/consul-transport';
import type { Plan, SplitSubject } from '@/server/release/actuator';
import type { ReleaseConsul } from '@/server/release/release-consul';
import { OwnerAgents } from '@/server/release/weights/owner-agents';
import { WeightsActuator } from '@/server/release/weights/weights-actuator';
import type { Writer } from '@/server/release/writer';
import { AgentMaintenanceWriter } from '@/server/release/writers/agent-maintenance-writer';
import { AgentServiceWriter } from '@/server/release/writers/agent-service-writer';
import { CatalogCheckWriter } from '@/server/release/writers/catalog-check-writer';
import { CatalogServiceWriter } from '@/server/release/writers/catalog-service-writer';

const AT_ONCE = 8;
const never = new AbortController().signal;

export interface WeightsBench {
  readonly actuator: WeightsActuator;
  subject(service: string, more?: Partial<SplitSubject>): SplitSubject;
  standing(service: string, more?: Partial<SplitSubject>): ReturnType<WeightsActuator['read']>;
  /** Read and planned. */
  plan(service: string, shares: Shares): Promise<Plan>;
  writerOf(write: PlannedWrite): Writer;
  /** Writes stage by stage, eight at once, and tells each write before it is made. */
  carryOut(plan: Plan, told?: (write: PlannedWrite) => void): Promise<void>;
  verify(service: string, plan: Plan): Promise<string | null>;
}

/** The actuator and its writers on one datacenter of a world, without what stands before them. */
export function weightsBench(
  stage: Stage,
  world: World,
  agents: readonly AgentSettings[] = [],
  token: string | null = null,
): WeightsBench {
  const transport = consulTransport({
    ...{ address: world.consul('dc1').address, token: () => token, maxConnections: 32 },
  });
  const owners = new OwnerAgents(agents, () => {});
  stage.atEnd(() => Promise.all([transport.close(), owners.close()]));
  const consul: ReleaseConsul = {
    transportOf: () => transport,
    primaryOf: () => 'dc1',
    copiesOf: () => ['dc1'],
    home: () => 'dc1',
  };
  const writers = {
    'catalog-service': new CatalogServiceWriter(consul),
    'catalog-check': new CatalogCheckWriter(consul),
    'agent-service': new AgentServiceWriter(owners),
    'agent-maintenance': new AgentMaintenanceWriter(owners, consul, systemClock),
  };
  const actuator = new WeightsActuator(consul, owners);
  const writerOf = ({ kind }: PlannedWrite) => writers[kind as keyof typeof writers] as Writer;
  const subject: WeightsBench['subject'] = (name, more = {}) => ({
    ...{ dc: 'dc1', name, instances: [], stages: {}, versionMetaKeys: ['version'] },
    ...more,
  });
  const standing: WeightsBench['standing'] = (name, more) => actuator.read(subject(name, more), never);
  return {
    ...{ actuator, subject, standing, writerOf },
    plan: async (name, shares) => actuator.plan(subject(name), await standing(name), { mechanism: 'weights', shares }),
    carryOut: async ({ writes }, told = () => {}) => {
      for (const group of inGroups(writes)) {
        group.forEach(told);
        const results = await Promise.all(group.map((write) => writerOf(write).write(write, never)));
        if (results.includes('lost')) throw new Error('A write was lost.');
      }
    },
    verify: (name, plan) => actuator.verify(subject(name), plan, never),
  };
}

function inGroups(writes: readonly PlannedWrite[]): PlannedWrite[][] {
  const groups: PlannedWrite[][] = [];
  for (const write of writes) {
    const last = groups.at(-1);
    if (last && last.length < AT_ONCE && last[0]?.stage === write.stage) last.push(write);
    else groups.push([write]);
  }
  return groups;
}

/** The writes of one kind. */
export function ofKind<Kind extends PlannedWrite['kind']>({ writes }: Plan, kind: Kind): WriteOf<Kind>[] {
  return writes.filter((write): write is WriteOf<Kind> => write.kind === kind);
}

/** An opted-in agent as the settings hold it. */
export const optedIn = (node: string, address: string, tokenFile: string | null = null): AgentSettings => ({
  ...{ datacenter: 'dc1', node, address, basicAuth: null, tokenFile },
  tls: { verify: true, caFile: null, caPath: null, certFile: null, keyFile: null, serverName: null },
});
