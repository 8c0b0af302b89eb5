import type { Stage } from '@/e2e/harness/stage';
import type { World } from '@/e2e/world/world';
import { instanceKey, serviceKey } from '@/lib/fleet/keys';
import type { DatacenterRecord, Instance, ServiceBody } from '@/lib/fleet/model';
import { statusOfChecks } from '@/lib/fleet/status';
import { versionOf } from '@/lib/fleet/version';
import type { PlannedWrite, WriteOf } from '@/lib/release/planned-write';
import type { SplitWish } from '@/lib/release/split-body';
import { systemClock } from '@/server/consul/clock';
import { consulTransport } from '@/server/consul/consul-transport';
import type { Plan, SplitSubject } from '@/server/release/actuator';
import { thisProcess } from '@/server/release/journal/holder';
import type { Outcome } from '@/server/release/journal/outcome';
import { PlanExecutor } from '@/server/release/journal/plan-executor';
import { MeshActuator } from '@/server/release/mesh/mesh-actuator';
import type { MeshStanding } from '@/server/release/mesh/mesh-standing';
import type { ReleaseConsul } from '@/server/release/release-consul';
import type { Writer } from '@/server/release/writer';
import { ConfigEntryWriter } from '@/server/release/writers/config-entry-writer';

type EntryWrite = WriteOf<'config-entry'>;

export const never = new AbortController().signal;

export interface MeshBenchOptions {
  readonly federated?: boolean;
  /** Each datacenter is asked at its own address; else all at that of dc1. */
  readonly ownAddresses?: boolean;
  readonly token?: string | null;
  readonly metaKeys?: readonly string[];
}

export interface MeshBench {
  readonly consul: ReleaseConsul;
  readonly actuator: MeshActuator;
  readonly writer: ConfigEntryWriter;
  /** The service as the catalogs have it now. */
  subject(dc: string, name: string): Promise<SplitSubject>;
  standing(dc: string, name: string): Promise<MeshStanding>;
  /** Read and planned. */
  plan(dc: string, name: string, wish: Omit<SplitWish, 'mechanism'>): Promise<Plan>;
  /** By the journal's executor, with the real writer. @param before told each write before it is made */
  carryOut(dc: string, name: string, plan: Plan, before?: (write: EntryWrite) => Promise<void>): Promise<Outcome>;
  verify(dc: string, name: string, plan: Plan): Promise<string | null>;
  entriesOf(plan: Plan): EntryWrite[];
}

interface HealthEntry {
  Node: { Node: string };
  Service: { ID: string; Service: string; Tags: string[] | null; Meta: Record<string, string> | null };
  Checks: { CheckID: string; Status: 'passing' | 'warning' | 'critical'; ServiceID: string }[];
}

const SINCE = '2026-01-15T02:00:00.000Z';

/** The actuator, its writer and the journal's executor on a world, without what stands before them. */
export function meshBench(stage: Stage, world: World, options: MeshBenchOptions = {}): MeshBench {
  const {
    federated = true,
    ownAddresses = false,
    token = world.tokens?.management ?? null,
    metaKeys = ['version'],
  } = options;
  const names = world.datacenters.map(({ name }) => name);
  const open = (dc: string) =>
    consulTransport({ ...{ address: world.consul(dc).address, token: () => token, maxConnections: 32 } });
  const transports = new Map(names.map((name) => [name, open(name)]));
  const shared = open('dc1');
  stage.atEnd(() => Promise.all([shared, ...transports.values()].map((transport) => transport.close())));
  const consul: ReleaseConsul = {
    transportOf: (dc) => (ownAddresses ? (transports.get(dc) ?? shared) : shared),
    primaryOf: (dc) => (federated ? 'dc1' : dc),
    copiesOf: (primary) => (federated ? names : [primary]),
    home: () => 'dc1',
  };
  const known = new Map<string, readonly Instance[]>();
  const live = { freshness: { state: 'live', since: SINCE, lastContactMs: 0, reason: null } } as DatacenterRecord;
  const actuator = new MeshActuator(consul, {
    service: (key) => ({ instances: known.get(key) ?? [] }) as unknown as ServiceBody,
    datacenter: () => live,
    keys: () => [...known.keys()],
  });
  const writer = new ConfigEntryWriter(consul);

  const instancesIn = async (dc: string, name: string): Promise<Instance[]> => {
    const path = `/v1/health/service/${encodeURIComponent(name)}?dc=${dc}&consistent`;
    return (await world.consul('dc1').get<HealthEntry[]>(path)).map((entry) => instanceOf(dc, entry, metaKeys));
  };
  const subject: MeshBench['subject'] = async (dc, name) => {
    for (const one of names) {
      const instances = await instancesIn(one, name);
      if (instances.length > 0) known.set(serviceKey(one, name), instances);
    }
    const instances = known.get(serviceKey(dc, name)) ?? [];
    return { dc, name, instances, stages: {}, versionMetaKeys: metaKeys };
  };
  const standing: MeshBench['standing'] = async (dc, name) => actuator.read(await subject(dc, name), never);
  return {
    ...{ consul, actuator, writer, subject, standing },
    plan: async (dc, name, wish) =>
      actuator.plan(await subject(dc, name), await standing(dc, name), { mechanism: 'mesh', ...wish }),
    carryOut: (dc, name, { writes }, before = async () => {}) => {
      const told: Writer<EntryWrite> = {
        look: (write, signal) => writer.look(write, signal),
        restore: (write, signal) => writer.restore(write, signal),
        write: async (write, signal) => {
          await before(write);
          return writer.write(write, signal);
        },
      };
      const executor = new PlanExecutor({
        ...{ consul, clock: systemClock, self: thisProcess('mesh-bench'), onLeft: () => {}, doubtMs: 200 },
        writers: {
          ...{ 'config-entry': told, kv: none, 'catalog-service': none, 'catalog-check': none },
          ...{ 'agent-service': none, 'agent-maintenance': none },
        },
      });
      return executor.execute(
        { dc, service: name, mechanism: 'mesh', by: 'a test', writes: [...writes], wish: null },
        never,
      );
    },
    verify: async (dc, name, plan) => actuator.verify(await subject(dc, name), plan, never),
    entriesOf: ({ writes }) => writes.flatMap((write: PlannedWrite) => (write.kind === 'config-entry' ? [write] : [])),
  };
}

const none: Writer<never> = {
  look: () => Promise.reject(new Error('There is no such writer here.')),
  write: () => Promise.reject(new Error('There is no such writer here.')),
  restore: () => Promise.reject(new Error('There is no such writer here.')),
};

function instanceOf(dc: string, { Node, Service, Checks }: HealthEntry, metaKeys: readonly string[]): Instance {
  const [meta, tags] = [Service.Meta ?? {}, Service.Tags ?? []];
  const checks = Checks.map(({ CheckID, Status, ServiceID }) => ({
    ...{ id: CheckID, name: CheckID, type: '', status: Status, output: '', notes: '' },
    ...{ scope: ServiceID === '' ? ('node' as const) : ('service' as const), since: SINCE, sinceAtLeast: false },
  }));
  return {
    ...{ key: instanceKey(dc, Node.Node, Service.ID), id: Service.ID, node: Node.Node, address: '', port: 0 },
    ...{ version: versionOf(meta, tags, metaKeys), tags, meta, weights: { passing: 1, warning: 1 } },
    ...{ status: statusOfChecks(checks), since: SINCE, sinceAtLeast: false, checks, unconfirmed: false },
  };
}
