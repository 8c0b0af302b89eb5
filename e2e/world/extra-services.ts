import type { ConsulHttp } from './consul-http';

/** Consul's own limit of one transaction. */
const OPERATIONS_A_CALL = 64;
const CALLS_AT_A_TIME = 8;
const INSTANCES_A_NODE = 100;
const CALL_TIMEOUT_MS = 60_000;

type Operation = Record<string, unknown>;

/** Where generated services go: the datacenter's name, and bare HTTP to its server. */
export interface ExtraTarget {
  name: string;
  consul: ConsulHttp;
}

/**
 * Registers `services` generated services of `instancesPerService` instances each beside the shop, dealt to the datacenters in turn, all passing.
 * They stand in the catalog alone, as external services do: no agent owns them and nothing checks them, so a thousand cost no process.
 */
export async function registerExtraServices(
  targets: ExtraTarget[],
  services: number,
  instancesPerService: number,
): Promise<void> {
  await Promise.all(
    targets.map(async ({ name, consul }, turn) => {
      const own = Array.from({ length: services }, (_, index) => index).filter(
        (index) => index % targets.length === turn,
      );
      const nodes = Math.max(1, Math.ceil((own.length * instancesPerService) / INSTANCES_A_NODE));
      await commit(
        consul,
        range(nodes).flatMap((node) => nodeOperations(name, node)),
      );
      await commit(
        consul,
        own.flatMap((service, position) =>
          range(instancesPerService).flatMap((instance) => {
            const node = (position * instancesPerService + instance) % nodes;
            return instanceOperations(nodeName(name, node), service, instance);
          }),
        ),
      );
    }),
  );
}

const AREAS =
  'account auth basket billing campaign catalog content coupon currency delivery device email event export feed geo identity image import invoice'
    .concat(
      ' label loyalty media metric notification partner price profile promo quote rating refund report return review session stock tax ticket wishlist',
    )
    .split(' ');
const ROLES = 'reader writer worker gateway sync indexer scheduler relay store proxy cleaner planner'.split(' ');

/** Such as `basket-worker`; from the 481st on with a number, `basket-worker-2`. */
function extraServiceName(index: number): string {
  const area = AREAS[index % AREAS.length];
  const role = ROLES[Math.floor(index / AREAS.length) % ROLES.length];
  const round = Math.floor(index / (AREAS.length * ROLES.length)) + 1;
  return round === 1 ? `${area}-${role}` : `${area}-${role}-${round}`;
}

function nodeName(datacenter: string, index: number): string {
  return `${datacenter}-edge-${String(index + 1).padStart(3, '0')}`;
}

/** The check must not be called `serfHealth`: the leader reaps every node that has that check and does not gossip. */
function nodeOperations(datacenter: string, index: number): Operation[] {
  const Node = nodeName(datacenter, index);
  const Address = `10.20.${Math.floor(index / 250)}.${(index % 250) + 1}`;
  return [
    { Node: { Verb: 'set', Node: { Node, Address, Meta: { 'external-node': 'true', zone: `${datacenter}-a` } } } },
    {
      Check: {
        Verb: 'set',
        Check: { Node, CheckID: 'externalNodeHealth', Name: 'External node', Status: 'passing', Output: 'reachable' },
      },
    },
  ];
}

function instanceOperations(Node: string, service: number, instance: number): Operation[] {
  const name = extraServiceName(service);
  const ID = `${name}-${instance + 1}`;
  // Every tenth service is between two versions.
  const version = `1.${service % 20}.${service % 10 === 0 ? instance % 2 : 0}`;
  return [
    {
      Service: {
        Verb: 'set',
        Node,
        Service: {
          ID,
          Service: name,
          Port: 20_000 + (instance % 10_000),
          Tags: [`v${version}`, 'external'],
          Meta: { version, team: `team-${service % 12}` },
          Weights: { Passing: 10, Warning: 1 },
        },
      },
    },
    {
      Check: {
        Verb: 'set',
        Check: {
          Node,
          CheckID: `service:${ID}`,
          Name: `GET /health of ${name}`,
          ServiceID: ID,
          Status: 'passing',
          Output: `HTTP GET /health: 200 OK Output: ok in ${2 + (instance % 17)} ms`,
        },
      },
    },
  ];
}

async function commit(consul: ConsulHttp, operations: Operation[]): Promise<void> {
  const calls: Operation[][] = [];
  for (let start = 0; start < operations.length; start += OPERATIONS_A_CALL) {
    calls.push(operations.slice(start, start + OPERATIONS_A_CALL));
  }
  const workers = range(CALLS_AT_A_TIME).map(async () => {
    for (let call = calls.shift(); call !== undefined; call = calls.shift()) {
      await consul.put('/v1/txn', call, CALL_TIMEOUT_MS);
    }
  });
  await Promise.all(workers);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
