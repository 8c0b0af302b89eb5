/** From when on it is not taken for granted that what Consul's answers leave out is gone. */
export interface DisappearanceLimits {
  /** Of all that is known of a datacenter, 0 to 1. */
  readonly share: number;
  /** In so short a time. */
  readonly withinMs: number;
  /** Fewer than these are never too many, whatever their share. */
  readonly least: number;
}

/** What nobody has vouched for is remembered for so long, ms: rights are asked for more often than this. */
const REMEMBERED_MS = 60_000;

export interface Missing<Item> {
  /** As it was last seen. */
  readonly item: Item;
  readonly atMs: number;
}

/**
 * Decides for the instances (or nodes) of one datacenter whether what an answer no longer names is gone. A few are taken for gone at once. Where
 * many are missing within seconds, they all are held instead, those that were taken for gone a moment ago included, until they are named again or it is
 * confirmed that they are gone; and as long as any is held, so is everything else that goes missing. Times are ms of one steady clock.
 */
export class Disappearance<Item> {
  /** Taken for gone lately, the oldest first. */
  readonly #taken = new Map<string, Missing<Item>>();
  readonly #vouched = new Set<string>();
  readonly #held = new Map<string, Missing<Item>>();

  constructor(private readonly limits: DisappearanceLimits) {}

  /** By key. */
  get held(): ReadonlyMap<string, Missing<Item>> {
    return this.#held;
  }

  /** What was taken for gone although nobody has vouched since that the token may still read it. */
  get unvouched(): ReadonlyMap<string, Missing<Item>> {
    return new Map([...this.#taken].filter(([key]) => !this.#vouched.has(key)));
  }

  /**
   * These are missing from an answer that came at `nowMs`; `left` are named still. Gives what is to be held from now on: nothing, or all of
   * these and what was taken for gone lately. `alarmed`: something else in this datacenter is held.
   */
  vanish(items: ReadonlyMap<string, Item>, left: number, nowMs: number, alarmed = false): ReadonlyMap<string, Item> {
    this.#forgetOld(nowMs);
    for (const [key, item] of items) this.#taken.set(key, { item, atMs: nowMs });
    const lately = [...this.#taken].filter(([, { atMs }]) => nowMs - atMs <= this.limits.withinMs);
    const tooMany = lately.length >= this.limits.least && lately.length >= this.limits.share * (lately.length + left);
    if (items.size > 0 && tooMany) return this.#hold(lately);
    if (alarmed || this.#held.size > 0) return this.#hold([...this.#taken].filter(([key]) => items.has(key)));
    return new Map();
  }

  /** Answers name it. */
  back(key: string): void {
    this.#held.delete(key);
    this.#let(key);
  }

  /** Holds these, however few they are: the token may not read them, so no answer about them means anything. */
  doubt(items: ReadonlyMap<string, Item>, nowMs: number): ReadonlyMap<string, Item> {
    return this.#hold(
      [...items].filter(([key]) => !this.#held.has(key)).map(([key, item]) => [key, { item, atMs: nowMs }]),
    );
  }

  /** The token may read these: that they were missing was no want of a right. */
  vouch(keys: Iterable<string>): void {
    for (const key of keys) if (this.#taken.has(key)) this.#vouched.add(key);
  }

  /** These are gone beyond doubt. */
  confirm(keys: Iterable<string>): void {
    for (const key of keys) this.#held.delete(key);
  }

  #hold(missing: readonly (readonly [string, Missing<Item>])[]): ReadonlyMap<string, Item> {
    for (const [key, one] of missing) {
      this.#held.set(key, one);
      this.#let(key);
    }
    return new Map(missing.map(([key, { item }]) => [key, item]));
  }

  #forgetOld(nowMs: number): void {
    for (const [key, { atMs }] of this.#taken) {
      const ageMs = nowMs - atMs;
      if (ageMs > (this.#vouched.has(key) ? this.limits.withinMs : REMEMBERED_MS)) this.#let(key);
    }
  }

  #let(key: string): void {
    this.#taken.delete(key);
    this.#vouched.delete(key);
  }
}
