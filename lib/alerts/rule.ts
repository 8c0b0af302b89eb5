import { z } from 'zod';
import { severitySchema } from './alert-body';

/** Rules that make alerts, as a rule file has them: `docs/alerts.md`. Durations are Prometheus's (`30s`, `2m`, `1h30m`), here in ms. */

const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const texts = z.record(z.string().regex(labelName), z.string().max(1_000)).default({});

/** What every rule has; `alert` is its name. */
const common = {
  alert: z
    .string()
    .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, { error: 'is no name of an alert: letters, digits and underscores' }),
  severity: severitySchema,
  for: z.number().int().nonnegative(),
  keep_firing_for: z.number().int().nonnegative(),
  /** In the filter language, over services (nodes, for a rule of nodes); empty: all. */
  where: z.string(),
  labels: texts,
  annotations: texts,
} as const;

const percent = z.number().gt(0).max(100);
/** And at least so many instances; absent: one. Of three a third is one. */
const atLeast = z.number().int().min(1).optional();

export const alertRuleSchema = z.discriminatedUnion('when', [
  /** A check, an instance, a service or a node flaps (`lib/flapping`). */
  z.object({ ...common, when: z.literal('flapping') }),
  /** An instance is critical; one alert a service, its instances inside. */
  z.object({ ...common, when: z.literal('instance-critical') }),
  /** A service has fewer than `least` instances that pass or warn. */
  z.object({ ...common, when: z.literal('few-healthy'), least: z.number().int().min(1) }),
  /** More than `above` percent of a service's instances are critical. */
  z.object({ ...common, when: z.literal('service-critical-share'), above: percent, at_least: atLeast }),
  /** The same of a whole datacenter. */
  z.object({ ...common, when: z.literal('datacenter-critical-share'), above: percent, at_least: atLeast }),
  z.object({ ...common, when: z.literal('node-critical') }),
  z.object({ ...common, when: z.literal('no-leader') }),
  /** Lictor has no contact, or is refused. */
  z.object({ ...common, when: z.literal('datacenter-lost') }),
  /** Much of a datacenter vanished at once, which is not confirmed. */
  z.object({ ...common, when: z.literal('mass-disappearance') }),
  /** A certificate or a token that Lictor depends on ends within `within` ms. */
  z.object({ ...common, when: z.literal('certificate-expiry'), within: z.number().int().positive() }),
  z.object({ ...common, when: z.literal('token-expiry'), within: z.number().int().positive() }),
  /** It always fires, so that silence is noticed. */
  z.object({ ...common, when: z.literal('watchdog') }),
]);
export type AlertRule = z.infer<typeof alertRuleSchema>;
export type RuleKind = AlertRule['when'];
