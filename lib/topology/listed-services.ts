import type { ListedService } from './merge-node';

/** Services that Consul lists, and where else their names are known. */
export class ListedServices {
  readonly #listed = new Map<string, ListedService>();
  /** Keys of services by name, listed or not. */
  readonly #byName = new Map<string, Set<string>>();

  has(key: string): boolean {
    return this.#listed.has(key);
  }

  get(key: string): ListedService | null {
    return this.#listed.get(key) ?? null;
  }

  put(key: string, service: ListedService | null): void {
    this.mention(key);
    if (service) this.#listed.set(key, service);
    else this.#listed.delete(key);
  }

  /** Something names it. */
  mention(key: string): void {
    const name = nameIn(key);
    const keys = this.#byName.get(name) ?? new Set<string>();
    this.#byName.set(name, keys.add(key));
  }

  /** Nothing names it any more, and it is not listed. */
  forget(key: string): void {
    const keys = this.#byName.get(nameIn(key));
    keys?.delete(key);
    if (keys?.size === 0) this.#byName.delete(nameIn(key));
  }

  /** Of every datacenter, itself among them where it was mentioned. */
  namesakes(key: string): Iterable<string> {
    return this.#byName.get(nameIn(key)) ?? [];
  }

  /** Another datacenter lists a service of its name. */
  isElsewhere(key: string): boolean {
    return [...this.namesakes(key)].some((other) => other !== key && this.#listed.has(other));
  }
}

const nameIn = (key: string): string => key.slice(key.indexOf('/') + 1);
