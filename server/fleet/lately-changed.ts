/** A service counts as changed lately for so long. */
const KEPT_MS = 5 * 60_000;
/** So many are remembered; the one whose change is the longest ago goes first. */
const AT_MOST = 256;
/** A service with a watch keeps it before one without whose change is newer by less than that, or under churn every plan would exchange its watches. */
const STAYS_MS = 60_000;

/** Services of one datacenter that changed within the last minutes. */
export class LatelyChanged {
  /** When each changed last, the longest ago first. */
  readonly #atMs = new Map<string, number>();

  note(name: string, nowMs: number): void {
    this.#atMs.delete(name);
    this.#atMs.set(name, nowMs);
    if (this.#atMs.size > AT_MOST) for (const [oldest] of [...this.#atMs].slice(0, 1)) this.#atMs.delete(oldest);
  }

  /** Who should have a watch of its own before others, the first foremost. @param watched has one now */
  names(nowMs: number, watched: (name: string) => boolean): string[] {
    for (const [name, atMs] of this.#atMs) if (nowMs - atMs > KEPT_MS) this.#atMs.delete(name);
    const rank = (name: string, atMs: number) => atMs + (watched(name) ? STAYS_MS : 0);
    return [...this.#atMs]
      .map(([name, atMs]) => ({ name, rank: rank(name, atMs) }))
      .sort((a, b) => b.rank - a.rank)
      .map(({ name }) => name);
  }
}
