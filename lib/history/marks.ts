import { keySegments } from '@/lib/fleet/keys';
import { MOST_MARKS, type TimelineMark } from './bodies';
import type { Transition, TransitionKind } from './transition';

/** Transitions that are drawn as marks. Freshness is none: its gaps tell. */
export const markKinds: readonly TransitionKind[] = [
  ...([
    'deployment',
    'configuration',
    'release',
    'alert',
    'failover',
    'leader',
    'started',
    'stopped',
    'clock-set',
  ] as const),
];

/** Those that befall a whole datacenter, or Lictor: they mark a single node and instance too. */
export const wholeMarkKinds: readonly TransitionKind[] = ['leader', 'started', 'stopped', 'clock-set'];

/**
 * Whether a mark belongs to the timeline of a service: its own do, and so does every configuration entry and intention that names it, and whatever
 * befell its whole datacenter or Lictor.
 */
export function concernsService({ subject }: Transition, service: string): boolean {
  switch (subject.kind) {
    case 'service':
    case 'instance':
      return subject.service === service;
    case 'config-entry':
    case 'intention':
      return keySegments(subject.key)?.slice(1).includes(service) ?? false;
    default:
      return subject.kind !== 'node';
  }
}

/** Marks for a timeline, in order: of more than `MOST_MARKS` some are left out, evenly, the first and the last never. */
export function marksOf(transitions: readonly Transition[]): { marks: TimelineMark[]; hiddenMarks: number } {
  const last = transitions.length - 1;
  const kept =
    transitions.length <= MOST_MARKS
      ? transitions
      : Array.from(
          { length: MOST_MARKS },
          (_, at) => transitions[Math.round((at * last) / (MOST_MARKS - 1))] as Transition,
        );
  return { marks: kept.map(markItem), hiddenMarks: transitions.length - kept.length };
}

function markItem({ subject, kind, item, from, to, observedAtMs }: Transition): TimelineMark {
  const { dc, key } = subject;
  const mark = { at: new Date(observedAtMs).toISOString(), until: null, kind, dc, key, from, to };
  return kind === 'alert' && item !== null ? { ...mark, item } : mark;
}
