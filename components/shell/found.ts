import { instanceHref, nodeHref, serviceHref } from '@/components/ui/links';
import { foldText } from '@/lib/filter/fold-text';
import type { FoundInstance } from '@/lib/fleet/found-instances-body';
import type { FleetBody, FreshnessState, NodesBody, Status } from '@/lib/fleet/model';
import { nodeRows } from '@/lib/fleet/node-row';
import { compareWorstFirst } from '@/lib/fleet/rank';
import { believed, serviceRows } from '@/lib/fleet/service-row';
import { compareWorstNodeFirst } from '@/lib/fleet/sort-nodes';
import { matchesWords } from '@/lib/fleet/text-filter';

/** Something that the search leads to. */
export interface Found {
  readonly href: string;
  readonly key: string;
  readonly name: string;
  /** Where it is. */
  readonly place: string;
  readonly status: Status;
  readonly freshness: FreshnessState;
}

/** More would not be read. */
const MOST_SERVICES = 12;
const MOST_NODES = 6;

export function foundServices(fleet: FleetBody, connected: boolean, words: readonly string[]): Found[] {
  return serviceRows(fleet, connected)
    .filter((row) => matchesWords(row, words))
    .sort(compareWorstFirst)
    .slice(0, MOST_SERVICES)
    .map(({ dc, service, freshness }) => ({ ...service, href: serviceHref(dc, service.name), place: dc, freshness }));
}

/** Not by what runs there: a service's name would find every node that has it. */
export function foundNodes(nodes: NodesBody, connected: boolean, words: readonly string[]): Found[] {
  return nodeRows(nodes, connected)
    .filter(({ dc, node }) => {
      const texts = [node.name, node.address, dc].map(foldText);
      return words.every((word) => texts.some((text) => text.includes(word)));
    })
    .sort(compareWorstNodeFirst)
    .slice(0, MOST_NODES)
    .map(({ dc, node, freshness }) => ({ ...node, href: nodeHref(dc, node.name), place: dc, freshness }));
}

export function foundInstances(instances: readonly FoundInstance[], connected: boolean): Found[] {
  return instances.map(({ key, id, dc, service, node, status, freshness }) => ({
    ...{ key, name: id, status, href: instanceHref(dc, node, id) },
    ...{ place: [dc, node, service].join(' · '), freshness: believed(freshness, connected) },
  }));
}
