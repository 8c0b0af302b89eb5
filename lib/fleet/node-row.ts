import type { FreshnessState, NodeRecord, NodesBody } from './model';
import { believed } from './service-row';

/** One node of one datacenter, with what a list needs to know of that datacenter. */
export interface NodeRow {
  readonly dc: string;
  readonly node: NodeRecord;
  readonly freshness: FreshnessState;
}

/** All nodes of all datacenters, or of the chosen one, in the order of the body. `connected`: this reader hears the server. */
export function nodeRows(body: NodesBody, connected: boolean, dc: string | null = null): NodeRow[] {
  return body.datacenters
    .filter((datacenter) => dc === null || datacenter.name === dc)
    .flatMap((datacenter) => {
      const freshness = believed(datacenter.freshness.state, connected);
      return datacenter.nodes.map((node) => ({ dc: datacenter.name, node, freshness }));
    });
}
