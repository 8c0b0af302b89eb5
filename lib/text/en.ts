import type { FreshnessState, Status } from '@/lib/fleet/model';
import type { SortColumn } from '@/lib/fleet/sort-services';
import { alertRulesEn } from './alert-rules-en';
import { alertWordsEn } from './alert-words-en';
import { alertsElsewhereEn } from './alerts-elsewhere-en';
import { alertsEn } from './alerts-en';
import { deliveryEn } from './delivery-en';
import { type DurationUnit, durationParts } from './duration-parts';
import { filterEn } from './filter-en';
import { nodesEn } from './nodes-en';
import { releaseEn } from './release-en';
import { silencesEn } from './silences-en';
import { systemEn } from './system-en';
import { timelineEn } from './timeline-en';
import { topologyEn } from './topology-en';
import { topologyGraphEn } from './topology-graph-en';

/**
 * Every word that a page says, in English. This file gives the dictionary its shape: another language has the same keys, or does not
 * compile. Names, tags and outputs come in as they are; times come in as text, for only the page knows the reader's zone.
 */

const numbers = new Intl.NumberFormat('en');
const number = (value: number): string => numbers.format(value);
const plural = (count: number, one: string, many: string): string => `${number(count)} ${count === 1 ? one : many}`;
const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

const units: Record<DurationUnit, string> = { day: 'd', hour: 'h', minute: 'min', second: 's' };
const inWords = (durationMs: number, most: number): string =>
  durationParts(durationMs, most)
    .map(({ value, unit }) => `${value} ${units[unit]}`)
    .join(' ');
/** Ages below ten seconds have a tenth, for there it is what one watches. */
const age = (ageMs: number): string =>
  ageMs < 10_000 ? `${(Math.max(0, ageMs) / 1_000).toFixed(1)} s` : inWords(ageMs, 1);

const status: Record<Status, string> = {
  critical: 'critical',
  warning: 'warning',
  maintenance: 'maintenance',
  unknown: 'unknown',
  passing: 'passing',
};
/** Behind a number of services or instances. */
const are: Record<Status, string> = { ...status, maintenance: 'in maintenance' };

const freshness: Record<FreshnessState, string> = {
  live: 'live',
  stale: 'stale',
  lost: 'lost',
  denied: 'no permission',
};

const column: Record<SortColumn, string> = {
  status: 'Status',
  service: 'Service',
  dc: 'Datacenter',
  passing: 'Passing',
  instances: 'Instances',
  since: 'Since',
};

export const en = {
  number,
  comma: ', ',
  duration: (durationMs: number) => inWords(durationMs, 2),
  durationShort: (durationMs: number) => inWords(durationMs, 1),
  status,

  counts: {
    services: (count: number) => plural(count, 'service', 'services'),
    instances: (count: number) => plural(count, 'instance', 'instances'),
    nodes: (count: number) => plural(count, 'node', 'nodes'),
    nodesWrong: (count: number) => plural(count, 'node not passing', 'nodes not passing'),
    shareOf: (count: number, all: number, is: Status) => `${number(count)} of ${number(all)} ${are[is]}`,
    shareWhenLastSeen: (count: number, all: number, is: Status) =>
      `${number(count)} of ${number(all)} ${are[is]} when last seen`,
    /** What a picture of proportions says to those who do not see it. */
    byStatus: (counts: readonly (readonly [Status, number])[]) =>
      list(counts.map(([is, count]) => `${number(count)} ${are[is]}`)),
  },

  time: {
    since: (time: string) => `since ${time}`,
    sinceAtLeast: (time: string) => `since ${time} or before`,
    sinceAtLeastWhy: 'It was so when Lictor first looked; it may have begun earlier.',
    old: (ageText: string) => `${ageText} old`,
    seen: (ageText: string) => `seen ${ageText} ago`,
    atLeast: (durationText: string) => `≥ ${durationText}`,
  },

  freshness: {
    state: freshness,
    age,
    live: (ageMs: number | null) => (ageMs === null ? 'live' : `live ${age(ageMs)}`),
    notLive: (state: Exclude<FreshnessState, 'live'>, ageMs: number | null) => {
      if (state === 'denied') return 'no permission: the token is refused';
      return ageMs === null
        ? `${freshness[state]}: never heard from`
        : `${freshness[state]}: last contact ${age(ageMs)} ago`;
    },
    partial: 'partly visible',
    partialWhy: 'The token may read only a part of this datacenter: what it may not read is missing here.',
  },

  /** Of what answers of Consul name no longer, although nothing proves that it is gone. */
  unconfirmed: {
    label: 'gone, unconfirmed',
    share: (count: number, all: number) => `${number(count)} of ${number(all)} gone, unconfirmed`,
    datacenter: (instances: number, nodes: number) =>
      `${list([
        ...(instances > 0 ? [plural(instances, 'instance', 'instances')] : []),
        ...(nodes > 0 ? [plural(nodes, 'node', 'nodes')] : []),
      ])} gone, unconfirmed`,
    part: (dc: string, instances: number, nodes: number) => `${number(instances + nodes)} in ${dc} gone, unconfirmed`,
  },

  verdict: {
    waiting: 'Waiting for the first answer',
    none: 'No datacenter is known yet',
    noSuchDatacenter: (dc: string) => `No datacenter is called ${dc}`,
    unreachable: (address: string, since: string) => `Consul does not answer at ${address} ${since}`,
    lost: (dcs: readonly string[]) =>
      dcs.length > 3
        ? `All ${number(dcs.length)} datacenters are out of sight`
        : `${list(dcs)} ${dcs.length === 1 ? 'is' : 'are'} out of sight`,
    lostConnection: 'The connection to Lictor is lost',
    denied: (dcs: readonly string[]) => `${list(dcs)} ${dcs.length === 1 ? 'does' : 'do'} not let Lictor read`,
    lostNote: 'What stands below is what was last seen.',
    deniedNote: 'Consul refuses the token. Give Lictor a token that may read services and nodes.',
    empty: (datacenters: number) =>
      datacenters === 1 ? 'No service is registered' : `No service is registered in ${number(datacenters)} datacenters`,
    emptyIn: (dc: string) => `No service is registered in ${dc}`,
    emptyInPart: 'No service is registered that Lictor may read',
    wrong: (is: Exclude<Status, 'passing'>, count: number, dc: string, since: string) =>
      `${plural(count, 'service', 'services')} ${are[is]}, worst in ${dc} ${since}`,
    wrongOne: (is: Exclude<Status, 'passing'>, service: string, dc: string, since: string) =>
      `${service} ${is === 'maintenance' ? 'in maintenance' : status[is]} in ${dc} ${since}`,
    passing: (services: number, datacenters: number) =>
      services === 1
        ? '1 service passing'
        : `All ${number(services)} services passing in ${plural(datacenters, 'datacenter', 'datacenters')}`,
    passingIn: (services: number, dc: string) =>
      services === 1 ? `1 service passing in ${dc}` : `All ${number(services)} services passing in ${dc}`,
    except: (dcs: readonly string[]) => `${list(dcs)} not in sight`,
    inPart: (dcs: readonly string[]) => `${list(dcs)} seen in part`,
    partOld: (dc: string, ageText: string) => `${dc}’s part is ${ageText} old`,
    partNever: (dc: string) => `nothing is known of ${dc}`,
    partDenied: (dc: string) => `${dc} may not be read`,
  },

  pages: {
    overview: 'Overview',
    services: 'Services',
    nodes: 'Nodes',
    topology: 'Topology',
    timeline: 'Timeline',
    alerts: 'Alerts',
    system: 'System',
    nav: 'Pages',
    skip: 'Skip to the content',
  },

  datacenters: {
    label: 'Datacenter and its freshness',
    all: 'All datacenters',
    leader: (address: string) => `leader ${address}`,
    noLeader: 'no leader',
    empty: 'No service is registered here',
    emptyHint: 'Services appear here by themselves as soon as an agent registers one.',
    emptyWhenLastSeen: 'No service was registered here when last seen',
    denied: 'Lictor may not read this datacenter',
    lost: 'Nothing has been read here yet',
    services: (dc: string) => `Services of ${dc}`,
  },

  overview: {
    wrong: 'Wrong now, worst first',
    nothingWrong: 'Nothing is wrong',
    nothingWrongHint: 'A service that is not passing appears here, the worst first.',
    nothingWrongInSight: 'Nothing is wrong in what can be seen',
    more: (count: number) => `+ ${number(count)} more not passing`,
    fewer: 'Show the worst only',
    healthy: (count: number) => `+ ${number(count)} healthy`,
    changes: 'Changes',
    changesSince: (time: string) => `seen since this page opened, ${time}`,
    noChanges: 'No change yet',
    noChangesHint: 'What changes while this page is open is listed here.',
    appeared: 'registered',
    removed: 'gone',
    merged: 'There may have been more changes between: one answer of Consul stood for all of them.',
  },

  order: {
    changed: 'Order changed',
    waiting: (count: number) => `${plural(count, 'row', 'rows')} to come`,
    apply: 'apply',
    gone: 'gone',
  },

  list: {
    grouped: 'By datacenter',
    flat: 'One list',
    arrange: 'Arrangement',
    sortBy: (name: string) => `Sort by ${name}`,
    healthy: (count: number) => `${number(count)} healthy`,
    healthyWhenLastSeen: (count: number) => `${number(count)} healthy when last seen`,
    shown: (shown: number, folded: number) => `${number(shown)} shown${folded > 0 ? `, ${number(folded)} folded` : ''}`,
    keys: { move: 'move', open: 'open', fold: 'fold', filter: 'filter' },
  },

  services: {
    filter: 'Filter by name, tag, version or datacenter',
    clear: 'Clear the filter',
    column,
    versions: 'Versions',
    what: 'What is wrong',
    tags: 'Tags',
    noMatch: 'No service matches the filter',
    noMatchHint:
      'A word is looked for in names, datacenters, tags and versions; what stands side by side must all be true.',
    none: 'No service is registered',
    moreVersions: (count: number) => `+ ${number(count)}`,
  },

  /** What the page of any one thing says: a service, a node, an instance. */
  subject: {
    gone: (name: string, time: string) => `${name} is gone since ${time}`,
    goneLabel: 'gone',
    unread: (name: string) => `${name} has not been read`,
    unreadHint: 'This page fills by itself as soon as Consul answers.',
    failed: (name: string) => `${name} cannot be shown`,
    breadcrumb: 'Where this page is',
    views: 'Views',
    now: 'Now',
    timeline: 'Timeline',
  },

  service: {
    elsewhere: 'The same service in other datacenters',
    instances: 'Instances',
    worstFirst: 'worst first',
    when: 'when last seen',
    instance: 'Instance, node',
    address: 'Address',
    version: 'Version',
    weights: 'Weights',
    weightsWhy: 'Weight while passing / while warning',
    tagsMeta: 'Tags, metadata',
    checks: 'Checks, output as given',
    nodeCheck: 'node',
    noChecks: 'No check: Consul counts it as passing',
    noOutput: 'no output',
    noPort: 'no port',
    more: (count: number) => `+ ${number(count)} passing`,
    expand: 'Show all of the output',
    collapse: 'Show the first line',
    lines: (count: number) => plural(count, 'line', 'lines'),
    goneHint: 'No instance is registered any more. Below is what was last seen; if it comes back, this page shows it.',
    noInstances: 'No instance is registered',
    loading: 'Reading the instances',
    notFound: (name: string, dc: string) => `No service ${name} in ${dc}`,
    notFoundHint: 'It may have been deregistered. If it is registered again, this page opens by itself.',
    itIsIn: 'It is registered in',
    all: 'All services',
  },

  nodes: nodesEn({ number, age }),

  release: releaseEn({ number, plural, age }),

  silences: silencesEn({ number, plural }),

  alertRules: alertRulesEn({ number, plural }),

  delivery: deliveryEn({ number, plural }),

  alertsElsewhere: alertsElsewhereEn({ number, plural }),

  alerts: {
    ...alertsEn({ number, plural, age }),
    words: alertWordsEn({ number, plural, list, duration: (durationMs) => inWords(durationMs, 2) }),
  },

  filter: filterEn(list),

  system: systemEn({ number, plural, list, age }),
  timeline: timelineEn({ number, plural, status, duration: (durationMs) => inWords(durationMs, 2) }),
  topology: topologyEn({ number, plural }),
  topologyGraph: topologyGraphEn({ number, plural }),

  connection: {
    stale: (ageText: string) =>
      `No word from Lictor for ${ageText}: what you see is from then. It is tried again without end.`,
    staleNever:
      'Lictor’s live stream does not answer: what you see is from when this page was opened. It is tried again without end.',
    consulAway: (address: string, since: string) =>
      `Consul does not answer at ${address} ${since}: nothing new is seen. It is tried again without end.`,
  },

  shell: {
    search: 'Search',
    language: 'Language',
    theme: 'Theme',
    themes: { system: 'As the system', dark: 'Dark', light: 'Light' },
    clock: 'Time in your zone',
  },

  search: {
    title: 'Search services, nodes, instances and pages',
    placeholder: 'A service, node, instance, tag, version, datacenter or page',
    nothing: 'Nothing is called so',
    asking: 'Looking for instances',
    services: 'Services',
    nodes: 'Nodes',
    instances: (shown: number, total: number) =>
      total > shown ? `Instances, ${number(shown)} of ${number(total)}` : 'Instances',
    pages: 'Pages',
  },

  error: {
    title: 'This page could not be shown',
    hint: 'What Lictor watches is not affected. Try again; if it stays so, the server’s log has the cause under this reference:',
    retry: 'Try again',
    notFound: 'There is no such page',
    notFoundHint: 'The address leads nowhere in Lictor.',
    home: 'To the overview',
  },
};

export type Text = typeof en;
