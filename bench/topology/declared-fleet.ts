import type { ConsulHttp } from '@/e2e/world/consul-http';
import { seededRandom } from '@/e2e/world/random';

/** Consul's own limit of one transaction. */
const OPERATIONS_A_CALL = 64;
const CALLS_AT_A_TIME = 8;
const CALL_TIMEOUT_MS = 60_000;
const SERVICES_A_NODE = 100;
const TEAMS = 40;
/** How far on a service calls at most, so that calls go through many layers. */
const REACH = 60;

export const declaredName = (index: number): string => `service-${String(index).padStart(5, '0')}`;

/**
 * Registers services `from` to `to` (without it) in the catalog, one passing instance each, which say in their metadata whom they call: all of them together `edges`
 * others, further on among them.
 */
export async function registerDeclared(
  consul: ConsulHttp,
  { from, to, edges }: { readonly from: number; readonly to: number; readonly edges: number },
): Promise<void> {
  const random = seededRandom(from + 1);
  const called = Array.from({ length: to - from }, () => new Set<number>());
  // Pairs that came up before are drawn again.
  for (let told = 0; told < edges; ) {
    const index = Math.floor(random() * (called.length - 1));
    const callee = Math.min(to - 1, from + index + 1 + Math.floor(random() * REACH));
    const own = called[index];
    if (!own || own.has(callee)) continue;
    own.add(callee);
    told += 1;
  }
  const nodes = new Set(called.map((_, index) => nodeOf(from + index)));
  await commit(consul, [...nodes].map(nodeOperation));
  await commit(
    consul,
    called.flatMap((callees, index) => serviceOperations(from + index, [...callees])),
  );
}

const nodeOf = (index: number): string => `edge-${String(Math.floor(index / SERVICES_A_NODE) + 1).padStart(3, '0')}`;

const nodeOperation = (Node: string): object => ({
  Node: { Verb: 'set', Node: { Node, Address: '127.0.0.1', Meta: { 'external-node': 'true' } } },
});

function serviceOperations(index: number, callees: readonly number[]): object[] {
  const [Node, name] = [nodeOf(index), declaredName(index)];
  const upstreams = callees.map(declaredName).join(', ');
  const Meta = { team: `team-${index % TEAMS}`, version: '1.0.0', ...(upstreams !== '' && { upstreams }) };
  return [
    { Service: { Verb: 'set', Node, Service: { ID: name, Service: name, Port: 20_000, Meta } } },
    {
      Check: {
        Verb: 'set',
        Check: { Node, CheckID: `service:${name}`, Name: 'health', ServiceID: name, Status: 'passing', Output: 'ok' },
      },
    },
  ];
}

/** Sets the checks of these services at once, in one transaction. */
export async function flipDeclared(
  consul: ConsulHttp,
  indexes: readonly number[],
  Status: 'passing' | 'critical',
): Promise<void> {
  const operations = indexes.map((index) => {
    const [Node, name] = [nodeOf(index), declaredName(index)];
    const Check = { Node, CheckID: `service:${name}`, Name: 'health', ServiceID: name, Status, Output: Status };
    return { Check: { Verb: 'set', Check } };
  });
  await commit(consul, operations);
}

async function commit(consul: ConsulHttp, operations: readonly object[]): Promise<void> {
  const calls: object[][] = [];
  for (let start = 0; start < operations.length; start += OPERATIONS_A_CALL) {
    calls.push(operations.slice(start, start + OPERATIONS_A_CALL));
  }
  const workers = Array.from({ length: CALLS_AT_A_TIME }, async () => {
    for (let call = calls.shift(); call !== undefined; call = calls.shift()) {
      await consul.put('/v1/txn', call, CALL_TIMEOUT_MS);
    }
  });
  await Promise.all(workers);
}
