/** From when on it is not taken for granted that what Consul's answers leave out is gone. */
export interface DisappearanceLimits {
  /** Of all that is known of a datacenter, 0 to 1. */
  readonly share: number;
  /** In so short a time. */
  readonly withinMs: number;
  /** Fewer than these are never too many, whatever their share. */
  readonly least: number;
}

export interface Missing<Item> {
  /** As it was last seen. */
  readonly item: Item;
  readonly atMs: number;
  /** `right`: it is gone if the token may read it. `proof`: only proof that it is gone lets go of it. */
  readonly awaits: 'right' | 'proof';
}

/** What else is known where something goes missing. */
export interface Surroundings {
  /** Something else of this datacenter awaits proof. */
  readonly alarmed: boolean;
  /** There are ACLs, so a right that was taken away would look the same. */
  readonly acls: boolean;
}

/**
 * Decides for the instances (or nodes) of one datacenter whether what an answer no longer names is gone. A few are: at once, or, where there are ACLs, once it
 * is known that the token may read them. Where many are missing within seconds, all of them are held, those that were taken for gone a moment ago
 * included, until they are named again or proven to be gone; and as long as any awaits proof, so does whatever else goes missing. Times are ms of one
 * steady clock.
 */
export class Disappearance<Item> {
  /** Taken for gone lately: when, and as they were last seen. The oldest first. */
  readonly #taken = new Map<string, Pick<Missing<Item>, 'item' | 'atMs'>>();
  readonly #held = new Map<string, Missing<Item>>();
  #awaitingProof = 0;

  constructor(private readonly limits: DisappearanceLimits) {}

  /** What is neither seen nor gone, by key. */
  get held(): ReadonlyMap<string, Missing<Item>> {
    return this.#held;
  }

  /** Something awaits proof. */
  get alarmed(): boolean {
    return this.#awaitingProof > 0;
  }

  /**
   * These, which are not held, are missing from an answer that came at `nowMs`; `left` are named still. Gives what awaits proof from now on: nothing, or these, or
   * these and what went missing a moment ago.
   */
  vanish(
    items: ReadonlyMap<string, Item>,
    left: number,
    nowMs: number,
    { alarmed, acls }: Surroundings,
  ): ReadonlyMap<string, Item> {
    if (items.size === 0) return items;
    for (const [key, { atMs }] of this.#taken) if (nowMs - atMs > this.limits.withinMs) this.#taken.delete(key);
    for (const [key, item] of items) this.#taken.set(key, { item, atMs: nowMs });
    const unsure = this.#unsure(({ atMs }) => nowMs - atMs <= this.limits.withinMs);
    const lately = this.#taken.size + unsure.size;
    if (lately >= this.limits.least && lately >= this.limits.share * (lately + left)) {
      return this.#hold(new Map([...this.#taken, ...unsure]), 'proof');
    }
    const missing = new Map([...this.#taken].filter(([key]) => items.has(key)));
    if (alarmed || this.alarmed) return this.#hold(missing, 'proof');
    if (acls) this.#hold(missing, 'right');
    return new Map();
  }

  /** Answers name it. */
  back(key: string): void {
    this.#release(key);
    this.#taken.delete(key);
  }

  /** The token may not read these, so no answer about them means anything. Gives those that did not await proof before. */
  doubt(items: ReadonlyMap<string, Item>, nowMs: number): ReadonlyMap<string, Item> {
    const fresh = [...items].filter(([key]) => this.#held.get(key)?.awaits !== 'proof');
    return this.#hold(
      new Map(fresh.map(([key, item]) => [key, { atMs: nowMs, ...this.#held.get(key), item }])),
      'proof',
    );
  }

  /** Nobody has said yet whether the token may read what went missing up to this moment: it awaits proof from now on. Gives it. */
  loseTrust(untilMs: number): ReadonlyMap<string, Item> {
    return this.#hold(
      this.#unsure(({ atMs }) => atMs <= untilMs),
      'proof',
    );
  }

  /** The token may read these. Gives those that are thereby gone. */
  vouch(keys: Iterable<string>): string[] {
    const gone: string[] = [];
    for (const key of keys) {
      const one = this.#held.get(key);
      if (one?.awaits !== 'right') continue;
      this.#release(key);
      this.#taken.set(key, one);
      gone.push(key);
    }
    return gone;
  }

  /** These are proven to be gone. */
  confirm(keys: Iterable<string>): void {
    for (const key of keys) this.#release(key);
  }

  /** What awaits no more than a right. */
  #unsure(which: (one: Missing<Item>) => boolean): Map<string, Missing<Item>> {
    // In a mass all await proof, and to go through them at each of a thousand answers would cost a second.
    if (this.#held.size === this.#awaitingProof) return new Map();
    return new Map([...this.#held].filter(([, one]) => one.awaits === 'right' && which(one)));
  }

  #hold(
    missing: ReadonlyMap<string, Pick<Missing<Item>, 'item' | 'atMs'>>,
    awaits: Missing<Item>['awaits'],
  ): ReadonlyMap<string, Item> {
    for (const [key, { item, atMs }] of missing) {
      this.#release(key);
      this.#taken.delete(key);
      this.#held.set(key, { item, atMs, awaits });
      if (awaits === 'proof') this.#awaitingProof += 1;
    }
    return new Map([...missing].map(([key, { item }]) => [key, item]));
  }

  #release(key: string): void {
    if (this.#held.get(key)?.awaits === 'proof') this.#awaitingProof -= 1;
    this.#held.delete(key);
  }
}
