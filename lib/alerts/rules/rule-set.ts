import type { AlertRule } from '@/lib/alerts/rule';
import type { FlapRule, FlapSettings } from '@/lib/flapping/flap-settings';

/** All that a rule file says. */
export interface RuleSet {
  /** As written; each name once. */
  readonly rules: readonly AlertRule[];
  readonly flapping: FlappingRules;
}

/** When something flaps. */
export interface FlappingRules {
  /** Of services for which nothing else is said, and of nodes. */
  readonly defaults: FlapSettings;
  /** The first that fits wins. */
  readonly services: readonly FlapRule[];
}

/** The widest slots of any settings, ms: so far back a detector must look. */
export function widestSlotMs({ defaults, services }: FlappingRules): number {
  const scales = [...defaults.scales, ...services.flatMap(({ settings }) => settings.scales ?? [])];
  return Math.max(...scales.map(({ slotMs }) => slotMs));
}
