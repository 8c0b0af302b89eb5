import type { Wording } from './system-en';

/** What the picture of who depends on whom says of itself. */
export const topologyGraphEn = ({ number, plural }: Pick<Wording, 'number' | 'plural'>) => ({
  /** To those who do not see it. */
  label: (drawn: number) =>
    `Who depends on whom, ${plural(drawn, 'node', 'nodes')}. Arrow keys walk along the edges, Enter opens what one stands on, plus, minus and 0 zoom.`,
  title: 'Topology',
  layingOut: 'Laying the picture out …',
  map: 'Small picture of the whole',
  zoomIn: 'Nearer',
  zoomOut: 'Farther away',
  fit: 'All of it',
  services: (services: number, instances: number) =>
    `${plural(services, 'service', 'services')} · ${plural(instances, 'instance', 'instances')}`,
  emptyLane: 'Nothing to draw here',
  any: 'any service',
  kind: {
    service: 'service',
    gateway: 'gateway',
    database: 'database',
    queue: 'queue',
    absent: 'not registered',
    any: '*',
  },
  passing: (passing: number, instances: number, isOld: boolean) =>
    isOld
      ? `was ${number(passing)} of ${number(instances)}`
      : passing === instances
        ? `${number(instances)} passing`
        : `${number(passing)} of ${number(instances)} passing`,
  passingServices: (passing: number, services: number) =>
    passing === services ? 'all passing' : `${number(passing)} of ${number(services)} passing`,
  rest: (count: number, isWell: boolean) => (isWell ? `+ ${number(count)} healthy` : `+ ${number(count)} more`),
  restLabel: (count: number, dc: string, isWell: boolean) =>
    `${plural(count, 'more service', 'more services')} in ${dc}${isWell ? ', all healthy' : ''}: show them`,
  node: (name: string, dc: string, is: string, count: string) => `${name} in ${dc}, ${is}, ${count}`,
  group: (name: string, dc: string, is: string, count: string) => `Group ${name} in ${dc}, ${is}, ${count}: open it`,
  stands: (name: string, dc: string, is: string, count: string, calledBy: number, calls: number) =>
    `${name} in ${dc}, ${is}, ${count}. Called by ${number(calledBy)}, calls ${number(calls)}.`,
  badge: {
    problem: (why: string) => why,
    flapping: (checks: number) => `Flapping: ${plural(checks, 'check', 'checks')}`,
    maintenance: (instances: number) => `In maintenance: ${plural(instances, 'instance', 'instances')}`,
    split: (parts: readonly string[]) => `Its traffic is divided: ${parts.join(', ')}`,
    failover: (dcs: readonly string[]) => `Stood in for by ${dcs.join(', then ')}`,
  },
  rate: (perSecond: number) =>
    perSecond > 0 && perSecond < 10 ? `${perSecond.toFixed(1)}/s` : `${number(Math.round(perSecond))}/s`,
  failing: (ratio: number) => `${(ratio * 100).toFixed(ratio < 0.1 ? 1 : 0)} % fail`,
  share: (percent: number) => `${number(percent)} %`,
  order: (order: number) => `failover ${number(order)}`,
  denied: 'denied',
  /** Where what is declared and what is seen differ. */
  mark: { undeclared: 'not declared', unseen: 'no traffic seen' },
  choices: {
    edges: 'Edges',
    edgesShown: { all: 'All', observed: 'Observed', declared: 'Declared' },
    group: 'Group by',
    each: 'Each service',
    datacenter: 'Datacenter',
    tag: 'Tag',
    closeGroups: 'Close what is open',
    focus: (name: string) => `Around ${name}`,
    focusHere: (name: string) => `Only around ${name}`,
    up: 'Hops to what depends on it',
    down: 'Hops to what it needs',
    leave: 'Show everything again',
  },
});
