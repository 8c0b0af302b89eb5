import { characters, globMatcher } from '@/lib/filter/glob';

/** One width of slots, 20 of which are looked at together. */
export interface FlapScale {
  readonly slotMs: number;
  /** It begins where the score is above this, percent. */
  readonly beginsAbove: number;
  /** It ends where the score is below this at each scale, percent; less than `beginsAbove`. */
  readonly endsBelow: number;
  /** And not before it recovered so often within the 20 slots: an outage that stutters as it comes and goes is none. */
  readonly leastRecoveries: number;
}

export interface FlapSettings {
  /** The fastest first; at least one. */
  readonly scales: readonly FlapScale[];
  /**
   * It also begins, whatever the scores, where it recovered so often within 20 slots of the slowest scale: two changes that fall into one slot set but one bit, so
   * a short fall every 20 minutes never reaches 30%.
   */
  readonly repeats: {
    readonly recoveries: number;
    /** From the first of them to the last at least so much time lies. */
    readonly leastSpanMs: number;
    /** No interval between them is longer than so many times their median: what comes by mere chance, and an outage that stutters, is less even. */
    readonly mostMedians: number;
  };
  /** Of what an instance (or a check) does for so long after it is registered or changes its version nothing counts. */
  readonly settleMs: number;
}

export const defaultFlapSettings: FlapSettings = {
  scales: [
    { slotMs: 30_000, beginsAbove: 30, endsBelow: 25, leastRecoveries: 5 },
    { slotMs: 300_000, beginsAbove: 30, endsBelow: 25, leastRecoveries: 5 },
  ],
  repeats: { recoveries: 5, leastSpanMs: 180_000, mostMedians: 4 },
  settleMs: 60_000,
};

/** Settings of their own for some services. */
export interface FlapRule {
  /** A name, or a pattern of names: `*` is any run of characters, `?` any one. */
  readonly service: string;
  readonly settings: Partial<FlapSettings>;
}

/** Settings by a service's name, null for what belongs to none; the first rule that fits wins. */
export function flapSettingsBy(
  rules: readonly FlapRule[],
  defaults: FlapSettings = defaultFlapSettings,
): (service: string | null) => FlapSettings {
  const ready = rules.map(({ service, settings }) => ({
    fits: /[*?]/.test(service)
      ? (
          (matches) => (name: string) =>
            matches(characters(name))
        )(globMatcher(service))
      : (name: string) => name === service,
    settings: { ...defaults, ...settings },
  }));
  return (service) => ready.find(({ fits }) => service !== null && fits(service))?.settings ?? defaults;
}
