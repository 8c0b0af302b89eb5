import type { Subject, Transition, TransitionKind } from './transition';

/** How a set of transitions came to be known: what they have in common. */
export type TransitionOrigin = Pick<Transition, 'observedAtMs' | 'index' | 'merged' | 'unwatchedFromMs'>;

/** Collects the transitions of one subject. */
export class TransitionList {
  readonly all: Transition[] = [];

  constructor(
    private readonly subject: Subject,
    private readonly origin: TransitionOrigin,
  ) {}

  add(kind: TransitionKind, from: string | null, to: string | null, item: string | null = null): void {
    const { observedAtMs, index, merged, unwatchedFromMs } = this.origin;
    this.all.push({ subject: this.subject, kind, item, from, to, observedAtMs, index, merged, unwatchedFromMs });
  }

  /** Notes it only where it differs. */
  differs(kind: TransitionKind, from: string | null, to: string | null, item: string | null = null): void {
    if (from !== to) this.add(kind, from, to, item);
  }
}
