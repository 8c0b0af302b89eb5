import type { AlertState } from './alert-body';
import type { AlertEdge } from './alert-book-parts';
import type { AlertPhase } from './alert-state';

/** Steps between published states, with the phases an alert went through since it was published last: none of them is left out because nobody looked. */
export class EdgeLog {
  readonly #phases = new Map<string, { phase: AlertPhase; atMs: number }[]>();
  #edges: AlertEdge[] = [];

  add(id: string, phase: AlertPhase, atMs: number): void {
    const phases = this.#phases.get(id) ?? [];
    // It never fired: there is nothing to tell of it, unless somebody saw it pending.
    if (phase === 'resolved' && phases.at(-1)?.phase === 'pending') phases.pop();
    else phases.push({ phase, atMs });
    this.#phases.set(id, phases);
  }

  /** Makes edges of what was added, and of what others did to it: `after` is its state now, null where it is not listed any more. */
  close(id: string, before: AlertState | null, after: AlertState | null, nowMs: number): void {
    const phases = this.#phases.get(id) ?? [];
    this.#phases.delete(id);
    let from = before;
    for (const [index, { phase, atMs }] of phases.entries()) {
      const to = index === phases.length - 1 ? (after ?? phase) : phase;
      if (to !== from) this.#edges.push({ id, atMs, from, to });
      from = to;
    }
    if (phases.length === 0 && before && after && before !== after) {
      this.#edges.push({ id, atMs: nowMs, from: before, to: after });
    }
  }

  /** The oldest first; those of one alert as they came, though the clock went back between them. */
  take(): readonly AlertEdge[] {
    const latestMs = new Map<string, number>();
    const placed = this.#edges.map((edge) => {
      const placeMs = Math.max(edge.atMs, latestMs.get(edge.id) ?? edge.atMs);
      latestMs.set(edge.id, placeMs);
      return { edge, placeMs };
    });
    this.#edges = [];
    return placed.sort((a, b) => a.placeMs - b.placeMs).map(({ edge }) => edge);
  }
}
