import type { Episode } from './alert-episode';

/** What is over is remembered for so long, and no more than so many. */
const REMEMBERED_MS = 86_400_000;
const MOST_REMEMBERED = 500;

/** Alerts that are over, the one that ended first before the others. Times are those of the wall clock, for that is what their end is told by. */
export class EndedAlerts {
  readonly #episodes = new Map<string, Episode>();
  /** When the first of them is forgotten; null: it has to be looked for. */
  #firstMs: number | null = null;

  /** @param forgotten called with each that leaves the list */
  constructor(private readonly forgotten: (episode: Episode) => void) {}

  has(id: string): boolean {
    return this.#episodes.has(id);
  }

  get(id: string): Episode | undefined {
    return this.#episodes.get(id);
  }

  values(): Iterable<Episode> {
    return this.#episodes.values();
  }

  add(episode: Episode): void {
    this.#episodes.set(episode.id, episode);
    this.#firstMs = null;
    for (const first of this.#episodes.values()) {
      if (this.#episodes.size <= MOST_REMEMBERED) break;
      this.#forget(first);
    }
  }

  /** It fires anew. */
  takeBack(id: string): void {
    this.#episodes.delete(id);
    this.#firstMs = null;
  }

  /** When the first of them is forgotten; infinite: there is none. */
  nextMs(): number {
    this.#firstMs ??= Math.min(...[...this.#episodes.values()].map(forgottenAtMs), Number.POSITIVE_INFINITY);
    return this.#firstMs;
  }

  forgetUntil(nowMs: number): void {
    if (this.nextMs() > nowMs) return;
    for (const episode of this.#episodes.values()) if (forgottenAtMs(episode) <= nowMs) this.#forget(episode);
  }

  #forget(episode: Episode): void {
    this.takeBack(episode.id);
    this.forgotten(episode);
  }
}

const forgottenAtMs = ({ resolvedAtMs }: Episode): number => (resolvedAtMs ?? 0) + REMEMBERED_MS;
