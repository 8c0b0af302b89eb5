import { type AlertRecord, alertStates, type Outlet } from '@/lib/alerts/alert-body';
import type { MakeGauge } from './consul-gauges';

export interface AlertFigures {
  readonly records: readonly AlertRecord[];
  /** Flapping checks by datacenter; null: nobody looks yet. */
  readonly flapping: ReadonlyMap<string, number> | null;
  readonly hasRulesError: boolean;
  /** Since the start, by kind of outlet. */
  readonly sends: Readonly<
    Record<
      Outlet['kind'],
      { readonly sent: number; readonly failed: number; readonly retried: number; readonly deadLetters: number }
    >
  >;
  readonly outlets: readonly Outlet[];
}

/** Series of alerts, by rule and datacenter: how many there are grows with the rules, never with the fleet. */
export function alertGauges(gauge: MakeGauge, figures: () => AlertFigures | null): void {
  gauge('lictor_alerts', 'Alerts by rule and state; resolved ones for a day', ['rule', 'severity', 'state'], (set) => {
    const counts = new Map<string, { rule: string; severity: string; state: string; count: number }>();
    for (const { rule, severity, state } of figures()?.records ?? []) {
      // Once there was one its other states are told too: a series that vanishes alerts of nothing.
      for (const each of alertStates) {
        const key = `${rule} ${severity} ${each}`;
        const known = counts.get(key) ?? { rule, severity, state: each, count: 0 };
        counts.set(key, each === state ? { ...known, count: known.count + 1 } : known);
      }
    }
    for (const { count, ...labels } of counts.values()) set(labels, count);
  });
  gauge('lictor_flapping_checks', 'Checks that flap', ['dc'], (set) => {
    for (const [dc, count] of figures()?.flapping ?? []) set({ dc }, count);
  });
  gauge('lictor_alert_rules_error', '1 while newer rules cannot be used, and those before are in force', [], (set) => {
    const now = figures();
    if (now) set({}, Number(now.hasRulesError));
  });
  gauge(
    'lictor_alert_sends',
    'Requests to outlets since the start: sent, failed, retried, given up',
    ['kind', 'outcome'],
    (set) => {
      for (const [kind, { sent, failed, retried, deadLetters }] of Object.entries(figures()?.sends ?? {})) {
        const outcomes = { sent, failed, retried, given_up: deadLetters };
        for (const [outcome, value] of Object.entries(outcomes)) set({ kind, outcome }, value);
      }
    },
  );
  gauge('lictor_alert_outlet_failing', '1 while an outlet cannot be reached', ['outlet'], (set) => {
    for (const { name, state } of figures()?.outlets ?? []) set({ outlet: name }, Number(state === 'failing'));
  });
  gauge('lictor_alert_dead_letters', 'Deliveries that were given up and wait for a person', ['outlet'], (set) => {
    for (const { name, kind, deadLetters } of figures()?.outlets ?? []) {
      if (kind === 'webhook') set({ outlet: name }, deadLetters);
    }
  });
}
