import type { StatusTally } from '@/lib/history/roll-up';
import { noTally } from '@/lib/history/tally';
import { statusOf, subjectCodes } from './codes';
import type { Move, StateFold } from './state-fold';

/** Instances by status of each datacenter and each of its services, carried on move by move. Service 0 is the whole datacenter. */
export class ScopeTallies {
  readonly #byDc = new Map<number, Map<number, Mutable<StatusTally>>>();

  static of(fold: StateFold): ScopeTallies {
    const tallies = new ScopeTallies();
    for (const { subject, status } of fold.held.values()) {
      if (subject.kind !== subjectCodes.instance) continue;
      tallies.move({ dc: subject.dc, service: subject.service, before: null, after: statusOf(status) });
    }
    return tallies;
  }

  move({ dc, service, before, after }: Move): void {
    for (const scope of [0, service]) {
      const tally = this.#of(dc, scope);
      if (before !== null) tally[before] -= 1;
      if (after !== null) tally[after] += 1;
    }
  }

  /** As it stands; later moves do not change it. */
  tally(dc: number, service: number): StatusTally {
    return { ...this.#of(dc, service) };
  }

  #of(dc: number, service: number): Mutable<StatusTally> {
    const services = this.#byDc.get(dc) ?? new Map<number, Mutable<StatusTally>>();
    this.#byDc.set(dc, services);
    const tally = services.get(service) ?? { ...noTally };
    services.set(service, tally);
    return tally;
  }
}

type Mutable<Whole> = { -readonly [Part in keyof Whole]: Whole[Part] };
