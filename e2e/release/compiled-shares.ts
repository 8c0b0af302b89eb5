import type { ConsulHttp } from '@/e2e/world/consul-http';

interface Chain {
  Chain: {
    StartNode: string;
    Nodes: Record<
      string,
      {
        Type: string;
        Splits?: { Weight?: number; NextNode: string }[];
        Routes?: {
          Definition: { Match?: { HTTP?: { Header?: { Name: string; Exact: string }[] } } };
          NextNode: string;
        }[];
        Resolver?: { Target: string; Failover?: { Targets: string[] } };
      }
    >;
    Targets: Record<string, { ServiceSubset?: string; Datacenter: string; Subset: { Filter?: string } }>;
  };
}

export interface Compiled {
  /** Percent by the filter of the subset that it goes to. */
  readonly shares: Record<string, number>;
  /** Filter by header value. */
  readonly routes: Record<string, string>;
  /** Datacenters that stand in, by filter. */
  readonly failover: Record<string, string[]>;
}

/** How a datacenter's Consul understands a service's entries, read by nothing of Lictor's. */
export async function compiledShares(consul: ConsulHttp, dc: string, service: string): Promise<Compiled> {
  const { Chain } = await consul.get<Chain>(`/v1/discovery-chain/${encodeURIComponent(service)}?dc=${dc}`);
  const targetOf = (node: string) => Chain.Targets[Chain.Nodes[node]?.Resolver?.Target ?? ''];
  const filterOf = (node: string) => targetOf(node)?.Subset.Filter ?? '';
  const nodes = Object.entries(Chain.Nodes);
  const splits = nodes.flatMap(([, node]) => node.Splits ?? []);
  const routes = nodes.flatMap(([, node]) => node.Routes ?? []);
  return {
    shares: Object.fromEntries(splits.map(({ Weight = 0, NextNode }) => [filterOf(NextNode), Weight])),
    routes: Object.fromEntries(
      routes.flatMap(({ Definition, NextNode }) => {
        const [header] = Definition.Match?.HTTP?.Header ?? [];
        return header ? [[header.Exact, filterOf(NextNode)]] : [];
      }),
    ),
    failover: Object.fromEntries(
      nodes.flatMap(([name, { Resolver }]) => {
        const targets = Resolver?.Failover?.Targets;
        return targets ? [[filterOf(name), targets.map((target) => Chain.Targets[target]?.Datacenter ?? '')]] : [];
      }),
    ),
  };
}
