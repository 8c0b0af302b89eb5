import { compareText } from '@/lib/fleet/observe-checks';
import type { RecordedCheck, RecordedInstance, RecordedNode } from './recorded';
import { parseAddress, parseInstance, parseMeta, parseNode, parseTags, parseWeights } from './recorded-json';
import type { ServiceState } from './service-transitions';
import type { Transition } from './transition';

/**
 * The fold that every past state is: a record and a transition of it give the next record, undefined where there is none. What was never
 * registered stays away, whatever is said of it: the record may begin in the middle.
 */
export function applyToInstance(
  previous: RecordedInstance | undefined,
  transition: Transition,
): RecordedInstance | undefined {
  const { kind, to, subject } = transition;
  if (kind === 'registered' && to !== null) return parseInstance(subject.key, to);
  if (kind === 'deregistered' || !previous) return undefined;
  if (kind === 'check') return { ...previous, checks: withCheck(previous.checks, 'service', transition) };
  if (to === null) return previous;
  if (kind === 'status') return { ...previous, status: to as RecordedInstance['status'] };
  if (kind === 'version') return { ...previous, version: to };
  if (kind === 'tags') return { ...previous, tags: parseTags(to) };
  if (kind === 'meta') return { ...previous, meta: parseMeta(to) };
  if (kind === 'weights') return { ...previous, weights: parseWeights(to) };
  if (kind !== 'address') return previous;
  const { address, port } = parseAddress(to);
  return { ...previous, address, port: port ?? previous.port };
}

/** As of an instance. */
export function applyToNode(previous: RecordedNode | undefined, transition: Transition): RecordedNode | undefined {
  const { kind, to, subject } = transition;
  if (kind === 'registered' && to !== null) return parseNode(subject.node ?? '', to);
  if (kind === 'deregistered' || !previous) return undefined;
  if (kind === 'check') return { ...previous, checks: withCheck(previous.checks, 'node', transition) };
  if (to === null) return previous;
  if (kind === 'status') return { ...previous, status: to as RecordedNode['status'] };
  if (kind === 'meta') return { ...previous, meta: parseMeta(to) };
  if (kind === 'address') return { ...previous, address: parseAddress(to).address };
  return previous;
}

/** A transition of a service or of one of its instances; its instances stay sorted by key. */
export function applyToService(previous: ServiceState | undefined, transition: Transition): ServiceState | undefined {
  const { kind, to, subject } = transition;
  if (subject.kind === 'instance') {
    if (!previous) return undefined;
    const known = previous.instances.find(({ key }) => key === subject.key);
    const next = applyToInstance(known, transition);
    if (next === known) return previous;
    const others = previous.instances.filter(({ key }) => key !== subject.key);
    const instances = next ? [...others, next].sort((a, b) => compareText(a.key, b.key)) : others;
    return { ...previous, instances };
  }
  if (kind === 'deregistered') return undefined;
  const status = to as ServiceState['status'];
  if (kind === 'registered') return { status, instances: previous?.instances ?? [] };
  return kind === 'status' && previous ? { ...previous, status } : previous;
}

function withCheck(
  checks: readonly RecordedCheck[],
  scope: RecordedCheck['scope'],
  { item, to }: Transition,
): readonly RecordedCheck[] {
  if (item === null) return checks;
  const others = checks.filter((check) => check.scope !== scope || check.id !== item);
  if (to === null) return others;
  const next: RecordedCheck = { id: item, scope, status: to as RecordedCheck['status'] };
  return [...others, next].sort((a, b) => compareText(a.id, b.id) || compareText(a.scope, b.scope));
}
