import type { FlappingRules } from '@/lib/alerts/rules/rule-set';
import { defaultFlapSettings, type FlapSettings } from '@/lib/flapping/flap-settings';
import type { RuleFile, WrittenFlapSettings } from './rule-file-schema';

/** Settings of flapping as a file has them: what a service's do not say is as in the file's defaults, and what these do not say is Lictor's. */
export function flappingRules(written: RuleFile['flapping']): FlappingRules {
  const defaults = over(defaultFlapSettings, written?.defaults ?? {});
  const services = (written?.services ?? []).map(({ service, ...own }) => ({ service, settings: over(defaults, own) }));
  return { defaults, services };
}

function over(base: FlapSettings, { scales, repeats, settle }: WrittenFlapSettings): FlapSettings {
  return {
    scales:
      scales?.map((scale) => ({
        slotMs: scale.slot,
        beginsAbove: scale.begins_above,
        endsBelow: scale.ends_below,
        leastRecoveries: scale.least_recoveries,
      })) ?? base.scales,
    repeats: {
      recoveries: repeats?.recoveries ?? base.repeats.recoveries,
      leastSpanMs: repeats?.least_span ?? base.repeats.leastSpanMs,
      mostMedians: repeats?.most_medians ?? base.repeats.mostMedians,
    },
    settleMs: settle ?? base.settleMs,
  };
}
