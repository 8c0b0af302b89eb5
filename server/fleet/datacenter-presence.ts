/** A datacenter that Consul no longer names is kept for so long, ms: an agent that has just restarted names its own alone at first. */
const GONE_AFTER_MS = 30_000;

/** Which datacenters there are, from what Consul names one time after another. */
export class DatacenterPresence {
  readonly #lastNamedAtMs = new Map<string, number>();

  /** Takes one answer; says which datacenters are new, and which have been left out long enough to count as gone. */
  see(names: readonly string[], nowMs: number): { appeared: string[]; gone: string[] } {
    const appeared = names.filter((name) => !this.#lastNamedAtMs.has(name));
    for (const name of names) this.#lastNamedAtMs.set(name, nowMs);
    const gone = [...this.#lastNamedAtMs].filter(([, atMs]) => nowMs - atMs > GONE_AFTER_MS).map(([name]) => name);
    for (const name of gone) this.#lastNamedAtMs.delete(name);
    return { appeared, gone };
  }
}
