import type { AlertRecord, RulesTrial } from '@/lib/alerts/alert-body';
import type { AlertBookChanges } from '@/lib/alerts/alert-book-parts';

type Item = RulesTrial['items'][number];

/** Of all that fired the newest so many are told one by one. */
const MOST_ITEMS = 200;

interface Open {
  readonly rule: string;
  readonly firedAtMs: number;
  item: Item;
}

/** What a rule did. */
export interface RuleTally {
  /** Somebody would have been called. */
  fired: number;
  /** It fired while another told its cause, for all of its time. */
  suppressed: number;
  /** How long those fired that somebody would have been called for. */
  firingMs: number;
}

/** Counts what a book of alerts brings forth. */
export class TrialTally {
  readonly #rules = new Map<string, RuleTally>();
  readonly #open = new Map<string, Open>();
  readonly #closed: Item[] = [];

  take({ changed, edges }: AlertBookChanges, recordOf: (id: string) => AlertRecord | undefined): void {
    for (const { id, atMs, to } of edges) {
      const record = recordOf(id);
      if (to === 'firing' || to === 'suppressed') this.#fires(id, record, atMs, to === 'suppressed');
      else if (to === 'resolved') this.#ends(id, atMs);
    }
    // The sentence grows with what it tells.
    for (const { id, record } of changed) {
      const open = this.#open.get(id);
      if (open && record && record.state !== 'resolved') open.item = { ...open.item, summary: record.summary };
    }
  }

  /** What still fires does so until the end. */
  end(atMs: number): void {
    for (const open of this.#open.values()) this.#count(open, atMs);
    this.#closed.push(...[...this.#open.values()].map(({ item }) => item));
    this.#open.clear();
  }

  of(rule: string): RuleTally {
    return this.#rules.get(rule) ?? { fired: 0, suppressed: 0, firingMs: 0 };
  }

  /** The newest first. */
  get items(): Item[] {
    return this.#closed.toSorted((a, b) => (a.firedAt < b.firedAt ? 1 : -1)).slice(0, MOST_ITEMS);
  }

  #fires(id: string, record: AlertRecord | undefined, atMs: number, suppressed: boolean): void {
    const open = this.#open.get(id);
    if (open) {
      // What somebody is called for once was not suppressed.
      if (!suppressed) open.item = { ...open.item, suppressed: false };
    } else if (record) {
      const { rule, key, severity, since, summary } = record;
      const firedAt = new Date(atMs).toISOString();
      const item = { ...{ rule, key, severity, since, firedAt, resolvedAt: null, summary, suppressed } };
      this.#open.set(id, { rule, firedAtMs: atMs, item });
    }
  }

  #ends(id: string, atMs: number): void {
    const open = this.#open.get(id);
    if (!open) return;
    this.#open.delete(id);
    this.#count(open, atMs);
    this.#closed.push({ ...open.item, resolvedAt: new Date(atMs).toISOString() });
    // They end in another order than they begin in: so more than are told are kept, and now and then fewer.
    if (this.#closed.length >= 4 * MOST_ITEMS) this.#closed.splice(0, this.#closed.length, ...this.items);
  }

  #count({ rule, firedAtMs, item }: Open, atMs: number): void {
    const tally = this.of(rule);
    this.#rules.set(rule, tally);
    if (item.suppressed) tally.suppressed += 1;
    else {
      tally.fired += 1;
      tally.firingMs += Math.max(0, atMs - firedAtMs);
    }
  }
}
