import { type Caused, type CauseStanding, Causes } from './cause-of';

const NONE: ReadonlySet<string> = new Set();

/** Which alert tells the cause of which, kept as alerts come and go: only those are asked again whose cause may be another one. */
export class Explanations {
  readonly #causes: Causes;
  readonly #alerts = new Map<string, Caused>();
  readonly #unasked = new Set<string>();
  readonly #roots = new Map<string, string>();
  readonly #inside = new Map<string, Set<string>>();

  constructor(standing: CauseStanding) {
    this.#causes = new Causes(standing);
  }

  /** It came, or is explained otherwise than before. */
  put(alert: Caused): void {
    this.remove(alert.id);
    this.#alerts.set(alert.id, alert);
    this.#causes.add(alert);
    this.#askWith(alert);
  }

  remove(id: string): void {
    const alert = this.#alerts.get(id);
    if (!alert) return;
    this.#askWith(alert);
    this.#causes.remove(alert);
    this.#alerts.delete(id);
  }

  /** It is pending no more. That may matter to what is explained by others that it explains, though these have the same cause as before. */
  fired(id: string): void {
    const reached = new Set<string>([id]);
    for (const one of reached) {
      const alert = this.#alerts.get(one);
      if (alert) for (const around of this.#causes.around(alert)) reached.add(around.id);
    }
    for (const one of reached) this.#unasked.add(one);
  }

  /** Asked afresh. */
  isExplained(id: string): boolean {
    const alert = this.#alerts.get(id);
    return alert !== undefined && this.#causes.rootOf(alert) !== null;
  }

  /** As of the last `settle`. */
  rootOf(id: string): string | null {
    return this.#roots.get(id) ?? null;
  }

  /** As of the last `settle`. */
  inside(id: string): ReadonlySet<string> {
    return this.#inside.get(id) ?? NONE;
  }

  /** Asks those whose cause may have changed; one that has another one now passes that on to those it explains. `changed` is called with each id of which `rootOf` or `inside` is another one. */
  settle(changed: (id: string) => void): void {
    for (const id of this.#unasked) {
      const alert = this.#alerts.get(id);
      const root = alert ? this.#causes.rootOf(alert) : null;
      const before = this.rootOf(id);
      if (root === before) continue;
      this.#move(id, before, root);
      for (const one of [id, before, root]) if (one !== null) changed(one);
      if (alert) for (const around of this.#causes.around(alert)) this.#unasked.add(around.id);
    }
    this.#unasked.clear();
  }

  #askWith(alert: Caused): void {
    this.#unasked.add(alert.id);
    for (const { id } of this.#causes.around(alert)) this.#unasked.add(id);
  }

  #move(id: string, from: string | null, to: string | null): void {
    if (from !== null) {
      const inside = this.#inside.get(from);
      inside?.delete(id);
      if (inside?.size === 0) this.#inside.delete(from);
    }
    if (to === null) this.#roots.delete(id);
    else {
      this.#roots.set(id, to);
      this.#inside.set(to, (this.#inside.get(to) ?? new Set<string>()).add(id));
    }
  }
}
