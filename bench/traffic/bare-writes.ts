import type { ConsulHttp } from '@/e2e/world/consul-http';

/** As many at a time as Lictor writes of one stage. */
const AT_A_TIME = 8;

type Entry = Record<string, unknown> & { ModifyIndex: number };

/** The yardstick: the same kind of write to Consul, as a script does it that has read before what stands there. Ms of the writes alone. */
export async function bareSplitter(
  consul: ConsulHttp,
  name: string,
  weights: readonly [number, number],
): Promise<number> {
  const { CreateIndex: _, ModifyIndex, ...kept } = await consul.get<Entry>(`/v1/config/service-splitter/${name}`);
  const [first, second] = kept.Splits as [object, object];
  const Splits = [
    { ...first, Weight: weights[0] },
    { ...second, Weight: weights[1] },
  ];
  return timed(() => consul.put(`/v1/config?cas=${ModifyIndex}`, { ...kept, Splits }));
}

export async function bareKey(consul: ConsulHttp, key: string, text: string): Promise<number> {
  const found = await consul.get<Entry[]>(`/v1/kv/${key}`).catch(() => []);
  return timed(() => consul.put(`/v1/kv/${key}?cas=${found[0]?.ModifyIndex ?? 0}`, { text }));
}

interface CatalogEntry {
  Node: string;
  ServiceID: string;
  ServiceName: string;
  ServiceAddress: string;
  ServicePort: number;
  ServiceTags: string[];
  ServiceMeta: Record<string, string>;
  ModifyIndex: number;
}

/** Gives each instance of a service its weight, by its version. */
export async function bareWeights(
  consul: ConsulHttp,
  service: string,
  weightOf: (version: string) => number,
): Promise<number> {
  const entries = await consul.get<CatalogEntry[]>(`/v1/catalog/service/${service}`);
  return timed(async () => {
    const left = [...entries];
    await Promise.all(
      Array.from({ length: AT_A_TIME }, async () => {
        for (let one = left.shift(); one !== undefined; one = left.shift())
          await consul.put('/v1/txn', [casOf(one, weightOf)]);
      }),
    );
  });
}

function casOf(entry: CatalogEntry, weightOf: (version: string) => number) {
  const Service = {
    ID: entry.ServiceID,
    Service: entry.ServiceName,
    Address: entry.ServiceAddress,
    Port: entry.ServicePort,
    Tags: entry.ServiceTags,
    Meta: entry.ServiceMeta,
    Weights: { Passing: weightOf(entry.ServiceMeta.version ?? ''), Warning: 1 },
    ModifyIndex: entry.ModifyIndex,
  };
  return { Service: { Verb: 'cas', Node: entry.Node, Service } };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  const answer = await act();
  if (answer === false) throw new Error('A bare write was lost.');
  return performance.now() - startedAtMs;
}
