import { keySegments } from '@/lib/fleet/keys';
import type { Status } from '@/lib/fleet/model';
import type { TransitionKind } from '@/lib/history/transition';
import type { TransitionItem } from '@/lib/history/transition-item';
import { edgeEnds } from '@/lib/topology/edge-key';
import { readSwitchRecord } from '@/lib/topology/recorded-switch';

const statuses: ReadonlySet<string> = new Set(['passing', 'warning', 'critical', 'maintenance', 'unknown']);

/** The status that a word of a transition is; null: it is none. */
export const statusOf = (word: string | null): Status | null =>
  word !== null && statuses.has(word) ? (word as Status) : null;

/** Kinds whose `from` and `to` are statuses. */
const ofStatus: ReadonlySet<TransitionKind> = new Set(['status', 'check', 'deregistered']);
/** Kinds whose `from` and `to` are words to be read as they are. */
const ofWords: ReadonlySet<TransitionKind> = new Set([
  'version',
  'deployment',
  'freshness',
  'leader',
  'alert',
  'release',
]);

export type TransitionStep =
  | { readonly as: 'status'; readonly from: Status | null; readonly to: Status | null }
  | { readonly as: 'words'; readonly from: string | null; readonly to: string | null }
  /** Whole records: that they changed is said by the kind alone. */
  | { readonly as: 'kind' };

/** How a transition is shown: from one status to another, from one word to another, or by its kind alone. */
export function stepOfTransition({ kind, from, to }: TransitionItem): TransitionStep {
  if (ofStatus.has(kind)) return { as: 'status', from: statusOf(from), to: statusOf(to) };
  if (ofWords.has(kind)) return { as: 'words', from, to };
  return { as: 'kind' };
}

export interface TransitionName {
  readonly dc: string;
  /** What it is of: a service, a node, a key; empty for a datacenter itself. */
  readonly name: string;
  /** Of an instance: its id; else null. */
  readonly id: string | null;
}

/** The names behind a transition's subject. */
export function nameOfTransition({ subject, subjectKind, dc, service, node }: TransitionItem): TransitionName {
  const segments = keySegments(subject) ?? subject.split('/');
  switch (subjectKind) {
    case 'datacenter':
      return { dc, name: '', id: null };
    case 'lictor':
      return { dc: '', name: segments.join('/'), id: null };
    case 'instance':
      return { dc, name: service ?? '', id: segments[2] ?? null };
    case 'node':
      return { dc, name: node ?? segments[1] ?? '', id: null };
    default:
      return { dc, name: segments.slice(1).join('/'), id: null };
  }
}

/** Whom a service calls, or who serves in its place, `<dc> <name>`; null: the transition is about no other. */
export function otherOfTransition({ kind, subject, item, to }: TransitionItem): string | null {
  const key =
    kind === 'failover' ? readSwitchRecord(subject, to)?.to : kind === 'edge' && item ? edgeEnds(item)[1] : '';
  return key ? (keySegments(key)?.join(' ') ?? key) : null;
}
