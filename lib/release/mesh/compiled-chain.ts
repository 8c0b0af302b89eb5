import { z } from 'zod';

const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

const nodeSchema = z.object({
  Type: z.string(),
  Name: z.string(),
  Splits: list(
    z.object({
      Weight: z.number().default(0),
      NextNode: z.string(),
    }),
  ),
  Routes: list(z.object({ NextNode: z.string() })),
  Resolver: z
    .object({
      Target: z.string(),
      Failover: z.object({ Targets: list(z.string()) }).nullish(),
    })
    .nullish(),
});

const targetSchema = z.object({
  Service: z.string(),
  ServiceSubset: z.string().default(''),
  Datacenter: z.string().default(''),
});

/** What `/v1/discovery-chain/:service` says of how Consul understood the entries of a service, in one datacenter. */
export const compiledChainSchema = z
  .object({ Chain: z.object({ Nodes: z.record(z.string(), nodeSchema), Targets: z.record(z.string(), targetSchema) }) })
  .transform(({ Chain }) => Chain);
export type CompiledChain = z.infer<typeof compiledChainSchema>;
type ChainNode = z.infer<typeof nodeSchema>;

/** The node of a kind that the service itself has. Consul appends namespace and partition to its name. */
export function chainNode({ Nodes }: CompiledChain, type: 'splitter' | 'router', service: string): ChainNode | null {
  const named = (name: string) => name === service || name.startsWith(`${service}.`);
  return Object.values(Nodes).find(({ Type, Name }) => Type === type && named(Name)) ?? null;
}

/** The subset behind a node, empty where it is none; null: something else stands behind it. */
export function subsetBehind({ Nodes, Targets }: CompiledChain, node: string): string | null {
  const target = Nodes[node]?.Resolver?.Target;
  return target === undefined ? null : (Targets[target]?.ServiceSubset ?? null);
}

/** Datacenters that stand in for a subset, in their order; null: nothing in the chain goes to it. */
export function chainFailover({ Nodes, Targets }: CompiledChain, subset: string): string[] | null {
  const resolver = Object.values(Nodes).find(({ Resolver }) => {
    return Resolver && Targets[Resolver.Target]?.ServiceSubset === subset;
  })?.Resolver;
  if (!resolver) return null;
  return (resolver.Failover?.Targets ?? []).map((target) => Targets[target]?.Datacenter ?? '');
}
