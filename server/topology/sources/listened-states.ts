import type { DatacenterRecord } from '@/lib/fleet/model';
import type { Clock } from '@/server/consul/clock';
import type { SourceStates } from './source-states';

/** That the token may see all of something is known a moment after it was read, ms. */
const PATIENCE_MS = 15_000;

const CONFIGURED = [
  ['entries', 'config-entry', 'service_prefix "" { policy = "read" }'],
  ['intentions', 'intention', 'service_prefix "" { policy = "read" intentions = "read" }'],
] as const;

/** How well those sources are known that ask nothing themselves: as well as the datacenter is. */
export class ListenedStates {
  /** `<dc>\n<subject>`. */
  readonly #complete = new Set<string>();
  /** By datacenter: since when what is configured there should be known, ms. */
  readonly #sinceMs = new Map<string, number>();

  constructor(
    private readonly states: SourceStates,
    private readonly clock: Clock,
  ) {}

  complete(dc: string, subject: string): void {
    this.#complete.add(`${dc}\n${subject}`);
  }

  /** @param around `isWritten`: whether entries and intentions are written there, null: not known; `leftOut`: what upstreams do not tell, a sentence */
  judge(
    dc: string,
    { freshness, partial }: DatacenterRecord,
    { isWritten, leftOut }: { readonly isWritten: boolean | null; readonly leftOut: string | null },
  ): void {
    const withheld = partial
      ? `The token may read only a part of the services in ${dc}, so some may be missing: give it service_prefix "" { policy = "read" }.`
      : null;
    this.#judge('sidecars', dc, freshness, withheld ?? leftOut);
    this.#judge('metadata', dc, freshness, withheld);
    if (isWritten !== true) return;
    const sinceMs = this.#sinceMs.get(dc) ?? this.clock.now();
    this.#sinceMs.set(dc, sinceMs);
    for (const [name, subject, rule] of CONFIGURED) {
      const isComplete = this.#complete.has(`${dc}\n${subject}`);
      if (!isComplete && this.clock.now() - sinceMs < PATIENCE_MS) this.states.starts(name, dc);
      else this.#judge(name, dc, freshness, isComplete ? null : unproven(name, dc, rule));
    }
  }

  #judge(name: string, dc: string, { state, reason }: DatacenterRecord['freshness'], flaw: string | null): void {
    if (state === 'live') this.states.reads(name, dc, flaw);
    else if (state === 'denied') this.states.lacks(name, dc, reason ?? `The token may not read ${dc}.`);
    else this.states.fails(name, dc, reason);
  }
}

const unproven = (name: string, dc: string, rule: string): string =>
  `Whether all ${name} in ${dc} are shown is not known: the token may read only a part of them, or they were not read in full; it needs ${rule}.`;
