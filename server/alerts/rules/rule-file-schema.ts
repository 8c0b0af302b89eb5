import { z } from 'zod';
import { severitySchema } from '@/lib/alerts/alert-body';
import { defaultFlapSettings } from '@/lib/flapping/flap-settings';
import { parseRuleDuration, ruleDurationText } from './rule-duration';

/** The file as it is written: what it holds after it was read is `RuleSet`. */

const MOST_RULES = 200;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function duration(leastMs: number, mostMs: number) {
  return z
    .union([z.string(), z.number()], { error: 'is no duration such as 30s, 2m or 1h30m' })
    .transform((text, context) => {
      const ms = parseRuleDuration(String(text));
      if (ms !== null && ms >= leastMs && ms <= mostMs) return ms;
      const message =
        ms === null
          ? 'is no duration such as 30s, 2m or 1h30m'
          : `must be from ${ruleDurationText(leastMs)} to ${ruleDurationText(mostMs)}`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });
}

const within = (least: number, most: number) => {
  const error = `must be a number from ${least} to ${most}`;
  return z.number({ error }).min(least, { error }).max(most, { error });
};
const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
};
const text = (most: number) =>
  z.string({ error: 'is no text: put it into quotes' }).max(most, { error: `is longer than ${most} characters` });

/** What Lictor itself says of an alert where it is sent; what begins with two underscores is Prometheus's own. */
const OWN_LABELS = ['alertname', 'severity', 'dc', 'service', 'node', 'lictor_alert'];
const OWN_ANNOTATIONS = ['since', 'acknowledged', 'inside'];
const names = (isFree: (name: string) => boolean) =>
  z
    .string()
    .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, { error: 'is no name of a label: letters, digits and underscores' })
    .max(100, { error: 'is longer than 100 characters' })
    .refine(isFree, { error: 'is a name that Lictor or Prometheus gives itself' });
const texts = (isFree: (name: string) => boolean) =>
  z
    .record(names(isFree), text(1_000))
    .refine((all) => Object.keys(all).length <= 20, { error: 'takes 20 at most' })
    .default({});

const common = {
  alert: text(100).regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, { error: 'is no name: letters, digits and underscores' }),
  severity: z
    .enum(severitySchema.options, { error: `is one of ${severitySchema.options.join(', ')}` })
    .default('warning'),
  for: duration(0, 31 * DAY_MS).default(0),
  keep_firing_for: duration(0, 31 * DAY_MS).default(0),
  labels: texts((name) => !name.startsWith('__') && !OWN_LABELS.includes(name)),
  annotations: texts((name) => !name.startsWith('__') && !OWN_ANNOTATIONS.includes(name)),
};
const chosen = { ...common, where: text(2_000).default('') };
const above = within(0.01, 99.99);
const atLeast = whole(1, 1_000_000).optional();
const ahead = duration(60_000, 366 * DAY_MS);

const ruleSchemas = [
  z.strictObject({ ...chosen, when: z.literal('flapping') }),
  z.strictObject({ ...chosen, when: z.literal('instance-critical') }),
  z.strictObject({ ...chosen, when: z.literal('few-healthy'), least: whole(1, 1_000_000) }),
  z.strictObject({ ...chosen, when: z.literal('service-critical-share'), above, at_least: atLeast }),
  z.strictObject({ ...chosen, when: z.literal('datacenter-critical-share'), above, at_least: atLeast }),
  z.strictObject({ ...chosen, when: z.literal('node-critical') }),
  z.strictObject({ ...chosen, when: z.literal('no-leader') }),
  z.strictObject({ ...chosen, when: z.literal('datacenter-lost') }),
  z.strictObject({ ...chosen, when: z.literal('mass-disappearance') }),
  z.strictObject({ ...chosen, when: z.literal('certificate-expiry'), within: ahead }),
  z.strictObject({ ...chosen, when: z.literal('token-expiry'), within: ahead }),
  z.strictObject({ ...common, when: z.literal('watchdog') }).transform((rule) => ({ ...rule, where: '' })),
] as const;
const kinds = ruleSchemas.map((schema) => ('shape' in schema ? schema.shape.when.value : 'watchdog'));
const ruleSchema = z.discriminatedUnion('when', ruleSchemas, {
  error: (issue) => (issue.code === 'invalid_union' ? `must be one of ${kinds.join(', ')}` : 'is no rule'),
});

const [fast] = defaultFlapSettings.scales;
const scaleSchema = z
  .strictObject({
    slot: duration(1_000, HOUR_MS),
    begins_above: within(1, 98).default(fast?.beginsAbove ?? 0),
    ends_below: within(0.1, 97).default(fast?.endsBelow ?? 0),
    least_recoveries: whole(1, 20).default(fast?.leastRecoveries ?? 0),
  })
  .refine((scale) => scale.ends_below < scale.begins_above, {
    path: ['ends_below'],
    error: 'must be less than begins_above: else it would end as it begins',
  });
const flapSettings = {
  scales: z
    .array(scaleSchema, { error: 'is no list of scales' })
    .min(1, { error: 'takes one scale at least' })
    .max(4, { error: 'takes 4 scales at most' })
    .refine((all) => all.every((scale, at) => at === 0 || scale.slot > (all[at - 1]?.slot ?? 0)), {
      error: 'must have the fastest scale first, each width once',
    })
    .optional(),
  repeats: z
    .strictObject({
      recoveries: whole(3, 20).optional(),
      least_span: duration(0, DAY_MS).optional(),
      most_medians: within(1, 100).optional(),
    })
    .optional(),
  settle: duration(0, HOUR_MS).optional(),
};
const serviceFlapSchema = z.strictObject({ service: text(200).min(1, { error: 'is empty' }), ...flapSettings });

export const ruleFileSchema = z.strictObject(
  {
    flapping: z
      .strictObject({
        defaults: z.strictObject(flapSettings).optional(),
        services: z
          .array(serviceFlapSchema)
          .max(MOST_RULES, { error: `takes ${MOST_RULES} at most` })
          .optional(),
      })
      .optional(),
    rules: z
      .array(ruleSchema, { error: 'is no list of rules' })
      .max(MOST_RULES, { error: `takes ${MOST_RULES} rules at most` })
      .optional(),
  },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? undefined : 'has none of the keys flapping and rules') },
);
export type RuleFile = z.infer<typeof ruleFileSchema>;
export type WrittenFlapSettings = Omit<z.infer<typeof serviceFlapSchema>, 'service'>;
