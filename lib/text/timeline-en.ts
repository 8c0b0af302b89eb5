import type { Status } from '@/lib/fleet/model';
import type { SubjectKind, TransitionKind } from '@/lib/history/transition';
import type { RangeName } from '@/lib/timeline/span';

export interface TimelineWording {
  readonly number: (value: number) => string;
  readonly plural: (count: number, one: string, many: string) => string;
  /** Two units at most: "2 h 13 min". */
  readonly duration: (durationMs: number) => string;
  readonly status: Readonly<Record<Status, string>>;
}

const range: Record<RangeName, string> = {
  '15m': '15 min',
  '1h': '1 h',
  '6h': '6 h',
  '24h': '24 h',
  '7d': '7 d',
  '30d': '30 d',
  '90d': '90 d',
  '1y': '1 y',
};

const kind: Record<TransitionKind, string> = {
  registered: 'registered',
  deregistered: 'gone',
  status: 'status',
  check: 'check',
  version: 'version',
  tags: 'tags changed',
  meta: 'metadata changed',
  weights: 'weights changed',
  address: 'address changed',
  deployment: 'new version',
  freshness: 'freshness',
  leader: 'leader',
  configuration: 'configuration',
  started: 'Lictor began to record',
  stopped: 'Lictor ended',
  'clock-set': 'clock set',
  write: 'written by Lictor',
  alert: 'alert',
  release: 'release',
};

const subject: Record<SubjectKind, string> = {
  datacenter: 'datacenter',
  node: 'node',
  service: 'service',
  instance: 'instance',
  'config-entry': 'configuration entry',
  intention: 'intention',
  kv: 'key',
  lictor: 'Lictor',
};

/** What the timeline and the replay say. */
export const timelineEn = ({ number, plural, duration, status }: TimelineWording) => ({
  title: 'Timeline',
  range,
  ranges: 'Range',
  custom: 'From and to',
  from: 'From',
  to: 'To',
  apply: 'Show',
  badRange: 'The end must be at least 10 s after the beginning.',
  bucket: (stepMs: number) => `${duration(stepMs)} a bucket, its worst moment`,
  copy: 'Copy link',
  copied: 'Copied',
  copyWhy: 'The link shows this same span later too.',
  notCopied: 'The browser does not let this page copy: take the address from its address bar.',
  upTo: (time: string) => `up to ${time}`,
  live: 'Live',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  clear: 'Clear the selection',
  selectionFrom: 'Selection begins',
  selectionTo: 'Selection ends',
  wholeRange: 'the whole range',
  charts: 'Instances by status',
  instances: (count: number) => plural(count, 'instance', 'instances'),
  areaOf: (name: string, worst: string) => `Instances of ${name} by status over time. ${worst}`,
  worstWas: (critical: number, warning: number, time: string) =>
    `At worst ${number(critical)} critical and ${number(warning)} warning, at ${time}.`,
  allPassing: 'No instance was warning or critical.',
  atTime: (time: string) => `at ${time}`,
  scaledToTrouble: 'scaled to what is not passing',
  mark: {
    releases: 'Releases',
    config: 'Config',
    deploys: 'Deploys',
    alerts: 'Alerts',
    leader: 'Leader',
    count: (count: number, what: string) => `${number(count)} × ${what}`,
    none: 'none',
  },
  gap: {
    unknown: (durationMs: number) => `Unknown ${duration(durationMs)}`,
    lasting: (durationMs: number) => `Unknown for ${duration(durationMs)}`,
    between: (span: string) => `not watched ${span}`,
    since: (from: string) => `not watched since ${from}`,
  },
  began: (time: string) => `The record began at ${time}; nothing is known of before.`,
  nothing: 'Nothing is recorded here yet',
  nothingHint: 'The record begins as soon as Lictor has read this once. What was before is not known.',
  failed: 'The record cannot be read',
  failedHint: 'What is live is not affected, and it is asked again.',
  down: 'Nothing is being recorded now',
  opening: 'The record is being opened',
  stale: (time: string) => `This was read at ${time}; newer answers do not come.`,
  gone: (dc: string) => `${dc} is not among the datacenters that Consul names now; this is what was recorded.`,
  lanes: {
    worst: (shown: number, total: number) =>
      shown < total
        ? `Worst ${number(shown)} of ${plural(total, 'service', 'services')}`
        : plural(total, 'service', 'services'),
    instances: (shown: number, total: number) =>
      shown < total
        ? `Worst ${number(shown)} of ${plural(total, 'instance', 'instances')}`
        : plural(total, 'instance', 'instances'),
    checks: 'Checks that changed',
    noChecks: 'No check changed in this range.',
    none: 'No service is recorded in this range',
    noneInstances: 'No instance is recorded in this range',
    noMatch: 'No service matches the filter',
    available: 'available',
    filter: 'Filter the services',
    more: (count: number, quiet: number) =>
      `+ ${number(count)} more${quiet > 0 ? `, ${number(quiet)} in all without a bad moment` : ''}`,
    fewer: 'Show the worst only',
    bars: (name: string, count: number) => `${name}: ${plural(count, 'time', 'times')} not passing`,
    noBars: (name: string) => `${name}: passing throughout`,
    bar: (is: Status, durationMs: number, span: string) =>
      `${status[is]} ${durationMs < 1_000 ? 'less than 1 s' : duration(durationMs)}, ${span}`,
    hidden: (count: number) => `${number(count)} shorter ones are not drawn`,
    knownWhy: (share: string) => `of the ${share} of the time that is known`,
    ofKnown: 'of known time',
    neverKnown: 'not known',
    timeIn: (is: Status, share: string, durationMs: number) => `${status[is]} ${share}, ${duration(durationMs)}`,
    instanceTime: 'Shares of the time of all instances',
  },
  panel: {
    title: 'Transitions',
    ofSelection: 'Transitions of the selection',
    filter: 'Filter the transitions',
    shown: (count: number, more: boolean) => `${number(count)} shown${more ? '' : ', all'}, newest first`,
    more: 'Show more',
    none: 'Nothing changed',
    noneHint: 'No transition is recorded in this span.',
    noMatch: 'No transition matches the filter',
    csv: 'as CSV',
    lines: 'as JSON lines',
    export: 'Export',
    mergedWhy: 'There may have been more changes between: one answer of Consul stood for all of them.',
    unwatched: (from: string, to: string) => `changed while unwatched, between ${from} and ${to}`,
    here: 'you are here; rows above come later',
    sinceRecorded: 'when the record began',
    kind,
    subject,
    was: (text: string) => `was ${text}`,
    nothing: 'nothing',
    check: (name: string) => `check ${name}`,
    removed: 'removed',
    added: 'added',
    clockSet: (byMs: number) => `by ${byMs > 0 ? '+' : ''}${number(byMs / 1_000)} s`,
  },
  replay: {
    label: 'Replay',
    past: 'Past',
    scrubber: 'Moment shown',
    play: 'Play',
    pause: 'Pause',
    previous: 'To the transition before',
    next: 'To the next transition',
    speed: 'Speed',
    times: (factor: number) => `${number(factor)} ×`,
    ago: (durationMs: number) => `${duration(durationMs)} ago`,
    back: 'Back to live',
    start: 'Replay from here',
    noPrevious: 'No transition before is recorded',
    noNext: 'No later transition is recorded',
    servicesThen: 'Services then',
    overviewThen: 'Overview then',
    timelineThen: 'Timeline',
    reading: 'Reading the past',
    failed: 'The past cannot be read',
    gap: (dc: string, span: string) => `${dc} was not watched ${span}: shown is what was last known.`,
    gapOpen: (dc: string, from: string) => `${dc} is not watched since ${from}: shown is what was last known.`,
    wasLive: 'as it was then',
    changesSince: (time: string) => `from ${time} to the moment shown`,
    headline: (time: string) => `As of ${time}`,
  },
});
