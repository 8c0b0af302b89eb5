import type { FailoverSwitch } from './topology-body';

/** What the record keeps of a switch beside whose it is: a text that `readSwitchRecord` reads. */
export function switchRecord({ lostAt, to, tookMs, seenBy, endedAt }: FailoverSwitch): string {
  return JSON.stringify({ lostAt, to, tookMs, seenBy, endedAt });
}

/** @param key of the service. @returns null where it is no text of `switchRecord` */
export function readSwitchRecord(key: string, text: string | null): FailoverSwitch | null {
  const { lostAt, to, tookMs, seenBy, endedAt } = fieldsOf(text);
  if (!isMoment(lostAt) || typeof to !== 'string') return null;
  return {
    ...{ key, lostAt, to },
    tookMs: typeof tookMs === 'number' ? tookMs : null,
    seenBy: seenBy === 'observed' ? 'observed' : 'declared',
    endedAt: isMoment(endedAt) ? endedAt : null,
  };
}

/** A transition of kind `failover`, as far as it is folded. */
export interface SwitchTransition {
  readonly subject: { readonly key: string };
  readonly item: string | null;
  readonly to: string | null;
}

/** The newest state of each switch, the newest first. @param transitions the newest first */
export function foldSwitchTransitions(transitions: Iterable<SwitchTransition>): FailoverSwitch[] {
  const switches = new Map<string, FailoverSwitch>();
  for (const { subject, item, to } of transitions) {
    const id = `${subject.key} ${item}`;
    const one = switches.has(id) ? null : readSwitchRecord(subject.key, to);
    if (one) switches.set(id, one);
  }
  return [...switches.values()].sort((a, b) => (a.lostAt > b.lostAt ? -1 : a.lostAt < b.lostAt ? 1 : 0));
}

const isMoment = (value: unknown): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value));

function fieldsOf(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
