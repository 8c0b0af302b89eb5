import type { Status } from '@/lib/fleet/model';
import type { Mechanism } from '@/lib/release/mechanism';
import { countedText, shareText } from '@/lib/release/slider/share-text';
import type { SplitVerdict, SplitWarning, VersionStage } from '@/lib/release/split-body';
import { releaseWarningsEn as warnings } from './release-warnings-en';

interface Wording {
  readonly number: (value: number) => string;
  readonly plural: (count: number, one: string, many: string) => string;
  readonly age: (ageMs: number) => string;
}

const mechanism: Record<Mechanism, string> = { mesh: 'Mesh', policy: 'Policy', weights: 'Weights' };

const mechanismIs: Record<Mechanism, string> = {
  mesh: 'service-splitter: obeyed by mesh proxies',
  policy: 'policy document in the key-value store: obeyed by gateways and clients that read it',
  weights: 'instance weights: obeyed by DNS SRV, HAProxy and clients that honour them',
};

const obeyedBy: Record<Mechanism, string> = {
  mesh: 'Obeyed by mesh proxies, through the service-splitter',
  policy: 'Obeyed by gateways and clients that read the policy document in the key-value store',
  weights: 'Obeyed by DNS SRV, HAProxy and clients that honour the weights of instances',
};

/** Where it is declared, where Consul has no one name for that. */
const sourceOf: Record<Mechanism, string> = {
  mesh: 'configuration entries',
  policy: 'the policy document',
  weights: 'the weights of the instances',
};

const verdict: Record<SplitVerdict['state'], string> = {
  settled: 'Traffic follows what is declared',
  moving: 'Declared, traffic is moving',
  'not-moving': 'Declared, but nothing moves',
  'not-observed': 'Declared, not observed',
};

const severity: Record<SplitWarning['severity'], string> = { danger: 'Danger', warning: 'Warning', note: 'Note' };

const stage: Record<VersionStage, string> = {
  preparing: 'preparing',
  active: 'active',
  decommissioning: 'decommissioning',
};

/** Why an instance takes no traffic. */
const idle: Record<Status, string> = {
  passing: 'never verified: no check of its own',
  warning: 'never verified: no check of its own',
  critical: 'takes none: critical',
  maintenance: 'takes none: in maintenance',
  unknown: 'takes none: out of sight',
};

/** What the slider on a service says. Sentences of the server come as they are. */
export const releaseEn = ({ number, plural, age }: Wording) => {
  /** Requests a second: to the tenth while they are few. */
  const rate = (perSecond: number) => number(perSecond < 20 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond));
  const shares = (parts: readonly (readonly [version: string, percent: number])[]) =>
    parts.map(([version, percent]) => `${version}: ${shareText(percent)}`).join(', ');
  return {
    title: 'Traffic',
    onlyVersion: (version: string) => `All traffic goes to ${version}, the only version: there is nothing to divide.`,
    noVersion: 'No instance is registered: there is no traffic to divide.',
    reading: 'Reading how traffic is divided',

    mechanisms: 'What divides the traffic',
    mechanism,
    mechanismIs,
    obeyedBy,
    sourceOf,
    dividesNow: 'divides it now',
    cannotBy: (by: Mechanism) => `${mechanism[by]} cannot divide it here`,

    verdict,
    undivided: 'Nothing divides it',
    /** What a sentence begins with. */
    lead: (words: string) => `${words}.`,

    bar: 'Traffic by version',
    split: 'split',
    handle: (left: string, right: string) => `Share of ${left}, against ${right}`,
    shares,
    share: (version: string) => `Share of ${version} in percent`,
    shareWrong: 'A number from 0 to 100, two digits behind the point at most.',
    from: (percent: number) => `from ${shareText(percent)}`,
    percent: shareText,
    counted: countedText,

    wish: 'wish',
    declared: 'declared',
    observed: 'observed',
    wishWords: 'set here, not written',
    noWish: 'nothing is set here: draw a handle, or type a number',
    declaredWords: (source: string, index: string | null, since: string | null) =>
      `${source}${index === null ? '' : `, index ${index}`}${since === null ? '' : `, ${since}`}`,
    declaredByInstances: 'nothing declares a split: every instance in traffic gets the same',
    declaredBy: (by: Mechanism) => `${mechanism[by].toLowerCase()} declares none; this is what stands by another`,
    observedWords: (error: string | null, requests: number, windowMs: number, source: string, ageMs: number) =>
      `${error === null ? '' : `± ${error}, `}of ${plural(Math.round(requests), 'request', 'requests')} in ${age(windowMs)}, ${source}, ${age(ageMs)} old`,
    notObserved: 'not observed',
    index: (index: number) => number(index),

    loads: 'What each version gets',
    instances: (inTraffic: number, all: number) =>
      inTraffic === all
        ? plural(all, 'instance', 'instances')
        : `${number(inTraffic)} of ${plural(all, 'instance', 'instances')} in traffic`,
    noInstances: 'no instance runs',
    rate: (perSecond: number) => `${rate(perSecond)}/s`,
    becomes: (now: string, then: string) => `now ${now}, then ${then}`,
    idle,
    alike: (count: number) => `and ${number(count)} alike`,
    idleMore: (count: number) => `and ${number(count)} more without traffic`,

    severity,
    /** null: a code that is not known here. */
    about: (code: string): string | null => (Object.hasOwn(warnings, code) ? (warnings[code] ?? null) : null),
    warnings: 'Before you write',

    presets: (version: string) => `Share of ${version}`,
    discard: 'Discard',
    preview: 'Preview',
    previewing: 'Asking what would be written',

    standing: 'What stands',
    standingDivided: 'Divided by',
    standingNothing: 'nothing: every instance in traffic gets the same',
    standingShares: 'Shares',
    standingSource: 'Declared in',
    standingIndex: 'Index',
    standingSince: 'Since',
    standingWish: 'Last written here',
    standingBy: (text: string, by: string, time: string) => `${text}, by ${by}, ${time}`,
    standingRoutes: 'Header routes',
    standingFailover: 'Failover',
    nothing: 'none',
    undo: 'Undo the last write',
    undoHint: 'Puts back what stood before it. You see first what would be written.',

    previewTitle: 'Preview',
    writes: (count: number) => plural(count, 'write', 'writes'),
    previewOf: { wish: 'your wish', undo: 'the way back', 'put-back': 'putting back what was written here' },
    moreWrites: (count: number) => `Show the other ${plural(count, 'write', 'writes')}`,
    nothingWritten: 'nothing is written yet',
    noWrites: 'In Consul it stands so already. What is wished, and the lifecycle, is kept by Lictor.',
    keep: 'Keep it',
    by: 'By',
    onlyIf: 'Only if',
    onlyIfIndex: (index: string) => `the index is still ${index}, else refused`,
    onlyIfNothing: 'still nothing is declared, else refused',
    willDeclare: 'Declares',
    rounded: (points: string) => `rounded by ${points} points at most`,
    exact: 'exactly the wish',
    declaresNothing: 'no share is touched',
    before: 'before',
    after: 'after',
    absentBefore: 'There is nothing yet.',
    absentAfter: 'It is taken away.',
    unchanged: (lines: number) => plural(lines, 'line as before', 'lines as before'),
    removedLine: 'removed',
    addedLine: 'added',
    typeIt: {
      large: (version: string, from: string, to: string, number: string) =>
        `A large move: ${version} from ${from} to ${to}. Type ${number} to write it.`,
      danger: (version: string, to: string, number: string) =>
        `This is dangerous. Type ${number}, the share of ${version} (${to}), to write it.`,
    },
    typed: (version: string) => `Share of ${version}, typed again`,
    write: (count: number) => `Write ${plural(count, 'change', 'changes')}`,
    writing: 'Writing',
    close: 'Close the preview',
    moved: 'What stands has changed since this preview. Preview again: it is not written over.',
    again: 'Preview again',

    written: (text: string, time: string) => `Written at ${time}: ${text}.`,
    writtenOther: (time: string) => `Written at ${time}.`,
    adopted: 'Taken over: what stands is now what was wished here.',
    failed: 'It was not written',
    previewFailed: 'It cannot be previewed',
    notLost: 'Nothing was written, and what you set here is kept.',
    perhaps: 'Whether it was written is not known. What stands shows as soon as it is read; what you set here is kept.',
    unreachable: 'Lictor cannot be reached.',
    stale: 'It was changed meanwhile',
    staleHint: (present: string) =>
      `Nothing was written. Now stands: ${present}. Your wish is kept to compare: look at both, and preview again.`,
    dismiss: 'Dismiss',

    closed: 'Nothing can be written now',
    notLive: (dc: string, freshness: string) => `${dc} is ${freshness}. Writes are open again as soon as it is live.`,
    unfinished: 'A plan is not over',
    drift: 'Changed outside Lictor',
    driftWords: (wished: string, present: string) => `Written here: ${wished}. What stands: ${present}.`,
    driftNothing: 'nothing is declared',
    wroteHere: 'written here',
    stands: 'stands now',
    adopt: 'Adopt',
    adoptHint: 'What stands becomes the wish. Nothing else is written.',
    putBack: 'Put back',
    putBackHint: 'What was written here is written again. You see it first.',
    differences: (count: number) => plural(count, 'difference', 'differences'),

    around: 'Lifecycle, header routes, failover',
    aroundSet: 'set here, not written',
    lifecycle: 'Lifecycle',
    lifecycleHint: 'A version that is preparing or decommissioning gets no more traffic than it has.',
    stage,
    stageOf: (version: string) => `Lifecycle of ${version}`,
    routes: 'Header routes',
    routesHint: 'A request with this header goes to this version, whatever the shares say. The first that fits wins.',
    routesNot: 'Weights know no header: choose the mesh or the policy.',
    noRoutes: 'No header route.',
    header: 'Header',
    headerValue: 'Value',
    toVersion: 'Version',
    addRoute: 'Add a route',
    removeRoute: (header: string) => `Remove the route of ${header}`,
    routeEmpty: 'a new one',
    routeWrong: 'A route needs a header, a value and a version.',
    failover: 'Failover',
    failoverHint: 'Where no instance is left, these datacenters stand in, in this order.',
    failoverNot: 'Only the mesh knows a failover order.',
    noFailover: 'No datacenter stands in.',
    addDatacenter: 'Add a datacenter',
    removeDatacenter: (dc: string) => `Remove ${dc}`,
    up: (what: string) => `Move ${what} up`,
    down: (what: string) => `Move ${what} down`,
  };
};
