import type { RulesTrial } from '@/lib/alerts/alert-body';
import type { RuleSet } from '@/lib/alerts/rules/rule-set';
import type { PastDatacenter } from '@/lib/history/recorded';
import type { Gap, RecordedTransition } from '@/lib/history/transition';
import { notTried } from './not-tried';
import { nothingTouched, type Touched, TrialDatacenter } from './trial-datacenter';
import { TrialRun } from './trial-run';

export interface TrialBeginning {
  readonly tried: RuleSet;
  /** For comparison. */
  readonly inForce: RuleSet;
  /** ms since 1970. */
  readonly fromMs: number;
  /** As everything stood then. */
  readonly past: readonly PastDatacenter[];
  /** Those that touch the time that is tried. */
  readonly gaps: readonly Gap[];
}

/**
 * What would have alerted: the record from a moment on, read through the tried rules and through those in force. What already held at that moment counts as begun
 * there. Times are ms since 1970.
 */
export class RulesTrialFold {
  readonly #datacenters = new Map<string, TrialDatacenter>();
  readonly #tried: TrialRun;
  readonly #inForce: TrialRun;
  readonly #edges: readonly { readonly atMs: number; readonly dc: string; readonly begins: boolean }[];
  #edgesTold = 0;
  #moment: RecordedTransition[] = [];
  #transitions = 0;

  constructor(private readonly beginning: TrialBeginning) {
    const { gaps, fromMs, tried, inForce } = beginning;
    this.#tried = new TrialRun(tried, this.#datacenters, fromMs);
    this.#inForce = tried === inForce ? this.#tried : new TrialRun(inForce, this.#datacenters, fromMs);
    this.#edges = gapEdges(gaps);
  }

  /** To be run to its end before anything is taken; it yields often. */
  *begin(): Generator<void> {
    const { past, fromMs } = this.beginning;
    for (const one of past) {
      const datacenter = new TrialDatacenter(one.dc, fromMs);
      this.#datacenters.set(one.dc, datacenter);
      yield* datacenter.load(one, fromMs);
      for (const run of this.#runs) yield* run.begin(datacenter);
    }
    this.#tellGaps(fromMs);
  }

  get transitions(): number {
    return this.#transitions;
  }

  /** The next one, in the record's order. */
  take(transition: RecordedTransition): void {
    if (this.#moment[0] && this.#moment[0].observedAtMs !== transition.observedAtMs) this.#tellMoment();
    this.#moment.push(transition);
    this.#transitions += 1;
  }

  /** The record was read up to this moment. */
  end(toMs: number): Pick<RulesTrial, 'rules' | 'items' | 'transitions'> {
    this.#tellMoment();
    this.#tellGaps(toMs);
    for (const run of this.#runs) run.end(toMs);
    const rules = this.beginning.tried.rules.map(({ alert, when }) => {
      const reason = notTried(when);
      const { fired, suppressed, firingMs } = this.#tried.tally.of(alert);
      return {
        rule: alert,
        when,
        notTried: reason,
        fired,
        suppressed,
        firedNow: this.#inForce.tally.of(alert).fired,
        firingMs,
      };
    });
    return { rules, items: this.#tried.tally.items, transitions: this.#transitions };
  }

  get #runs(): readonly TrialRun[] {
    return this.#tried === this.#inForce ? [this.#tried] : [this.#tried, this.#inForce];
  }

  #tellMoment(): void {
    const [first] = this.#moment;
    if (!first) return;
    const atMs = first.observedAtMs;
    for (const transition of this.#moment) {
      if (transition.kind === 'clock-set') for (const run of this.#runs) run.clockSet(transition);
    }
    this.#tellGaps(atMs);
    const touched = new Map<string, Touched>();
    for (const transition of this.#moment) this.#apply(transition, touched);
    for (const run of this.#runs) {
      run.moveTo(atMs);
      run.seen(this.#moment, touched, atMs);
    }
    this.#moment = [];
  }

  #apply(transition: RecordedTransition, touched: Map<string, Touched>): void {
    const { dc, kind } = transition.subject;
    if (dc === '') return;
    const of = touched.get(dc) ?? nothingTouched();
    touched.set(dc, of);
    if (kind === 'datacenter' && transition.kind === 'deregistered') this.#remove(dc, of);
    else this.#datacenter(dc, transition.observedAtMs).apply(transition, of);
  }

  #datacenter(dc: string, atMs: number): TrialDatacenter {
    const datacenter = this.#datacenters.get(dc) ?? new TrialDatacenter(dc, atMs);
    this.#datacenters.set(dc, datacenter);
    return datacenter;
  }

  /** Whatever was in it is gone with it. */
  #remove(dc: string, touched: Touched): void {
    const all = this.#datacenters.get(dc)?.all ?? nothingTouched();
    for (const name of all.nodes) touched.nodes.add(name);
    for (const name of all.services) touched.services.add(name);
    touched.itself = true;
    this.#datacenters.delete(dc);
  }

  #tellGaps(untilMs: number): void {
    for (let next = this.#edges[this.#edgesTold]; next && next.atMs <= untilMs; next = this.#edges[this.#edgesTold]) {
      this.#edgesTold += 1;
      const { dc, begins } = next;
      const atMs = Math.max(next.atMs, this.beginning.fromMs);
      this.#datacenters.get(dc)?.unwatched(begins ? next.atMs : null);
      for (const run of this.#runs) {
        run.moveTo(atMs);
        if (begins) run.gapBegins(dc, atMs);
        else run.gapEnds(dc, atMs);
      }
    }
  }
}

function gapEdges(gaps: readonly Gap[]) {
  const edges = gaps.flatMap(({ dc, fromMs, toMs }) => [
    { dc, atMs: fromMs, begins: true },
    ...(toMs === null ? [] : [{ dc, atMs: toMs, begins: false }]),
  ]);
  // One that ends where the next begins ends first.
  return edges.sort((a, b) => a.atMs - b.atMs || Number(a.begins) - Number(b.begins));
}
