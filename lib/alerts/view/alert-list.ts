import type { AlertRecord, AlertState } from '@/lib/alerts/alert-body';
import { type AlertCounts, countAlerts, openCount } from './alert-counts';
import { compareAlerts, isOpen, isWatchdog } from './alert-order';

type AlertGroup = AlertState | 'watchdog';

/** A line of the list of alerts; `id` is unique in it and stays with what the line stands for. */
export type AlertLine =
  | { readonly kind: 'group'; readonly id: string; readonly group: AlertGroup; readonly count: number }
  | {
      readonly kind: 'alert';
      readonly id: string;
      readonly alert: AlertRecord;
      /** It stands under the alert that tells its cause. */
      readonly inside: boolean;
    }
  /** What a greater alert explains, folded under it. */
  | {
      readonly kind: 'inside';
      readonly id: string;
      readonly cause: string;
      readonly count: number;
      readonly open: boolean;
    }
  /** What is over, folded after the latest. */
  | { readonly kind: 'more'; readonly id: string; readonly count: number; readonly open: boolean };

export interface AlertListOptions {
  /** The only state that is wanted; null: all. */
  readonly state: AlertState | null;
  /** null: all datacenters. */
  readonly dc: string | null;
  /** What a filter leaves; null: there is none. */
  readonly matches: ((alert: AlertRecord) => boolean) | null;
  /** Ids of the folds that are the other way than at first. */
  readonly toggled: ReadonlySet<string>;
}

export interface AlertList {
  readonly lines: readonly AlertLine[];
  /** Of those that match, whatever state is chosen. */
  readonly counts: AlertCounts;
  /** Of these such as somebody may have to do with. */
  readonly open: number;
}

/** So many that are over are shown at first. */
export const RESOLVED_AT_FIRST = 5;

const groups: readonly AlertState[] = ['firing', 'acknowledged', 'silenced', 'suppressed', 'pending', 'resolved'];

/**
 * The lines of the list, by state and the worst first. What a greater alert explains is folded under it, wherever that one stands; a filter opens these folds, and so does the
 * wish to see what is suppressed.
 */
export function alertList(alerts: readonly AlertRecord[], options: AlertListOptions): AlertList {
  const { state, dc, matches } = options;
  const seen = alerts.filter((alert) => (dc === null || alert.subject.dc === dc) && (matches?.(alert) ?? true));
  const sorted = [...seen].sort(compareAlerts);
  const inside = state === null ? insideOf(sorted) : new Map<string, AlertRecord[]>();
  const folded = new Set([...inside.values()].flat());
  const lines = groups.flatMap((group): AlertLine[] => {
    if (state !== null && state !== group) return [];
    const members = sorted.filter((alert) => alert.state === group && !isWatchdog(alert) && !folded.has(alert));
    if (members.length === 0) return [];
    return [
      { kind: 'group', id: `group ${group}`, group, count: members.length },
      ...(group === 'resolved' && state === null && matches === null
        ? latest(members, options.toggled)
        : members.flatMap((alert) => withInside(alert, inside.get(alert.id) ?? [], options))),
    ];
  });
  return {
    lines: [...lines, ...(state === null ? watchdogs(sorted) : [])],
    counts: countAlerts(seen),
    open: openCount(seen),
  };
}

/** What a greater alert explains, pending or not, by the id of that one, as far as it has a line of its own which shows it. */
function insideOf(sorted: readonly AlertRecord[]): Map<string, AlertRecord[]> {
  const shows = (alert: AlertRecord) => !isWatchdog(alert) && alert.suppressedBy === null && isOpen(alert);
  const known = new Set(sorted.filter(shows).map(({ id }) => id));
  const inside = new Map<string, AlertRecord[]>();
  for (const alert of sorted) {
    const cause = isOpen(alert) ? alert.suppressedBy : null;
    if (cause === null || !known.has(cause)) continue;
    const group = inside.get(cause);
    if (group) group.push(alert);
    else inside.set(cause, [alert]);
  }
  return inside;
}

function withInside(alert: AlertRecord, inside: readonly AlertRecord[], options: AlertListOptions): AlertLine[] {
  const own = lineOf(alert);
  if (inside.length === 0) return [own];
  const id = `inside ${alert.id}`;
  const open = (options.matches !== null) !== options.toggled.has(id);
  const fold = { kind: 'inside', id, cause: alert.id, count: inside.length, open } as const;
  return [own, fold, ...(open ? inside.map((one) => lineOf(one, true)) : [])];
}

function latest(members: readonly AlertRecord[], toggled: ReadonlySet<string>): AlertLine[] {
  const id = 'more resolved';
  const open = toggled.has(id);
  const rest = members.length - RESOLVED_AT_FIRST;
  const shown = open || rest <= 0 ? members : members.slice(0, RESOLVED_AT_FIRST);
  return [
    ...shown.map((alert) => lineOf(alert)),
    ...(rest > 0 ? [{ kind: 'more', id, count: rest, open } as const] : []),
  ];
}

function watchdogs(sorted: readonly AlertRecord[]): AlertLine[] {
  const members = sorted.filter((alert) => isWatchdog(alert) && isOpen(alert));
  if (members.length === 0) return [];
  return [
    { kind: 'group', id: 'group watchdog', group: 'watchdog', count: members.length },
    ...members.map((alert) => lineOf(alert)),
  ];
}

const lineOf = (alert: AlertRecord, inside = false): AlertLine => ({ kind: 'alert', id: alert.id, alert, inside });
