import { keySegments } from '@/lib/fleet/keys';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import { subjectKinds, type Transition, type TransitionKind, transitionKinds } from '@/lib/history/transition';
import type { FilterSchema } from './schema';

/** Of the other kinds `from` and `to` are whole records: no words to look for. */
const worded: ReadonlySet<TransitionKind> = new Set<TransitionKind>([
  ...(['status', 'check', 'version', 'deployment', 'freshness', 'leader', 'alert', 'release'] as const),
]);

const some = (...texts: readonly (string | null | undefined)[]): string[] =>
  texts.filter((text): text is string => text !== null && text !== undefined);

const instanceId = ({ subject }: Transition): string | undefined =>
  subject.kind === 'instance' ? keySegments(subject.key)?.at(2) : undefined;

/** `to` where the transition is of one of these kinds. */
const became =
  (...kinds: readonly TransitionKind[]) =>
  ({ kind, to }: Transition): string[] =>
    kinds.includes(kind) ? some(to) : [];

export const transitionFields: FilterSchema<Transition> = {
  subject: 'transitions',
  words: (transition) => {
    const { subject, kind, item, from, to } = transition;
    const changed = worded.has(kind) ? some(from, to) : [];
    return [...some(subject.service, subject.node, instanceId(transition), item), subject.dc, ...changed];
  },
  fields: {
    dc: { type: 'exact', of: ({ subject }) => some(subject.dc) },
    service: { type: 'text', of: ({ subject }) => some(subject.service) },
    instance: { type: 'text', of: (transition) => some(instanceId(transition)) },
    node: { type: 'text', of: ({ subject }) => some(subject.node) },
    subject: { type: 'choice', choices: subjectKinds, of: ({ subject }) => [subject.kind] },
    kind: { type: 'choice', choices: transitionKinds, of: ({ kind }) => [kind] },
    from: { type: 'exact', of: ({ from }) => some(from) },
    to: { type: 'exact', of: ({ to }) => some(to) },
    status: { type: 'choice', choices: SERVICE_SEVERITY, of: became('status', 'check') },
    version: { type: 'version', of: became('version', 'deployment') },
    check: { type: 'text', of: ({ kind, item }) => (kind === 'check' ? some(item) : []) },
    at: { type: 'age', of: ({ observedAtMs }) => ({ ms: observedAtMs, atLeast: false }) },
    since: { type: 'age', of: ({ observedAtMs }) => ({ ms: observedAtMs, atLeast: false }) },
    merged: { type: 'boolean', of: ({ merged }) => merged },
    unwatched: { type: 'boolean', of: ({ unwatchedFromMs }) => unwatchedFromMs !== null },
  },
};
