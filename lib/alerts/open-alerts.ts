import type { Episode } from './alert-episode';
import type { Scope } from './condition';

/** Alerts that are not over, by id, by scope and by datacenter. */
export class OpenAlerts {
  readonly #episodes = new Map<string, Episode>();
  readonly #scopes = new Map<Scope, Set<Episode>>();
  readonly #datacenters = new Map<string, Set<Episode>>();

  get size(): number {
    return this.#episodes.size;
  }

  has(id: string): boolean {
    return this.#episodes.has(id);
  }

  get(id: string): Episode | undefined {
    return this.#episodes.get(id);
  }

  keys(): Iterable<string> {
    return this.#episodes.keys();
  }

  values(): Iterable<Episode> {
    return this.#episodes.values();
  }

  /** A copy, for what is done with them takes some away. */
  ofScope(scope: Scope): readonly Episode[] {
    return [...(this.#scopes.get(scope) ?? [])];
  }

  /** A copy. */
  ofDatacenter(dc: string): readonly Episode[] {
    return [...(this.#datacenters.get(dc) ?? [])];
  }

  add(episode: Episode): void {
    this.#episodes.set(episode.id, episode);
    addTo(this.#scopes, episode.scope, episode);
    addTo(this.#datacenters, episode.dc, episode);
  }

  /** @param episode with the scope that it was added with */
  remove(episode: Episode): void {
    this.#episodes.delete(episode.id);
    removeFrom(this.#scopes, episode.scope, episode);
    removeFrom(this.#datacenters, episode.dc, episode);
  }
}

function addTo(groups: Map<string, Set<Episode>>, key: string, episode: Episode): void {
  const group = groups.get(key) ?? new Set<Episode>();
  groups.set(key, group.add(episode));
}

function removeFrom(groups: Map<string, Set<Episode>>, key: string, episode: Episode): void {
  const group = groups.get(key);
  group?.delete(episode);
  if (group?.size === 0) groups.delete(key);
}
