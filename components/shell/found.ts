import { alertsHref, instanceHref, nodeHref, serviceHref } from '@/components/ui/links';
import type { AlertRecord } from '@/lib/alerts/alert-body';
import { compareAlerts } from '@/lib/alerts/view/alert-order';
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
const MOST_ALERTS = 6;

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

/** Open alerts by their titles in the reader's language, and by what they are about. */
export function foundAlerts(
  alerts: readonly AlertRecord[],
  connected: boolean,
  words: readonly string[],
  titleOf: (alert: AlertRecord) => string,
): Found[] {
  return alerts
    .filter((alert) => alert.state !== 'resolved')
    .map((alert) => ({ alert, name: titleOf(alert) }))
    .filter(({ alert: { rule, subject }, name }) => {
      const texts = [name, rule, subject.name, subject.dc].map(foldText);
      return words.every((word) => texts.some((text) => text.includes(word)));
    })
    .sort((a, b) => compareAlerts(a.alert, b.alert))
    .slice(0, MOST_ALERTS)
    .map(({ alert: { id, severity, subject, freshness }, name }) => ({
      ...{ href: alertsHref(null, id), key: id, name, place: subject.dc },
      ...{ status: severity === 'info' ? 'unknown' : severity, freshness: believed(freshness ?? 'live', connected) },
    }));
}

export function foundInstances(instances: readonly FoundInstance[], connected: boolean): Found[] {
  return instances.map(({ key, id, dc, service, node, status, freshness }) => ({
    ...{ key, name: id, status, href: instanceHref(dc, node, id) },
    ...{ place: [dc, node, service].join(' · '), freshness: believed(freshness, connected) },
  }));
}
