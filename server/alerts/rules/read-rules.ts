import type { z } from 'zod';
import type { AlertRule } from '@/lib/alerts/rule';
import { whereError } from '@/lib/alerts/rules/compiled-rule';
import type { RuleSet } from '@/lib/alerts/rules/rule-set';
import { chosenBy } from '@/lib/alerts/rules/rule-subjects';
import type { FilterError } from '@/lib/filter/filter-error';
import { en } from '@/lib/text/en';
import { DEFAULT_RULES } from './default-rules';
import { flappingRules } from './flapping-rules';
import { ruleFileSchema } from './rule-file-schema';
import { type TextFault, YamlText } from './yaml-text';

/** What a text of rules says, or why it cannot be used; `line` from 1. */
export type RulesReading =
  | { readonly ok: true; readonly set: RuleSet }
  | { readonly ok: false; readonly line: number | null /** A sentence. */; readonly reason: string };

/**
 * Reads a text of rules. Where it has no `rules` at all the defaults hold, so that flapping can be set alone; an empty list is none. Any text is fine: one that
 * cannot be used costs no more time than its length.
 */
export function readRules(text: string): RulesReading {
  const yaml = YamlText.read(text);
  if (!(yaml instanceof YamlText)) return refusal(yaml);
  const parsed = ruleFileSchema.safeParse(yaml.value ?? {});
  if (!parsed.success) return refusal(schemaFault(yaml, parsed.error));
  const { flapping, rules } = parsed.data;
  const fault = ruleFault(yaml, rules ?? []);
  if (fault) return refusal(fault);
  return { ok: true, set: { rules: rules ?? defaultRuleSet().rules, flapping: flappingRules(flapping) } };
}

let readDefaults: RuleSet | null = null;

export function defaultRuleSet(): RuleSet {
  if (readDefaults) return readDefaults;
  const reading = readRules(DEFAULT_RULES);
  if (!reading.ok) throw new Error(`The default rules cannot be read: line ${reading.line}: ${reading.reason}`);
  readDefaults = reading.set;
  return readDefaults;
}

const refusal = ({ line, reason }: TextFault): RulesReading => ({
  ...{ ok: false, line, reason: /[.!?]$/.test(reason) ? reason : `${reason}.` },
});

/** The first by its line: a person mends a text from its beginning on. */
function schemaFault(yaml: YamlText, { issues }: z.ZodError): TextFault {
  // To find the place of one costs as much as what stands around it is long.
  const faults = issues.slice(0, 20).map((issue) => faultOf(yaml, issue));
  return faults.reduce((a, b) => ((b.line ?? 0) < (a.line ?? 0) ? b : a));
}

function faultOf(yaml: YamlText, issue: z.core.$ZodIssue): TextFault {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return { line: yaml.lineOf(path, key), reason: `${placeOf(path)} has no key ${JSON.stringify(key)}` };
  }
  // An issue with a key of a map says only that the key is wrong; why stands one level below.
  const message = issue.code === 'invalid_key' ? issue.issues[0]?.message : issue.message;
  const reason = yaml.isMissing(path) ? 'is missing' : message;
  return { line: yaml.lineOf(path), reason: `${placeOf(path)} ${reason}` };
}

/** What the schema does not see: names that stand twice, and filters. */
function ruleFault(yaml: YamlText, rules: readonly AlertRule[]): TextFault | null {
  const seen = new Set<string>();
  for (const [at, rule] of rules.entries()) {
    if (seen.has(rule.alert)) {
      return { line: yaml.lineOf(['rules', at, 'alert']), reason: `A rule before this one is called ${rule.alert}` };
    }
    seen.add(rule.alert);
    const error = whereError(rule);
    if (error) return { line: yaml.lineOf(['rules', at, 'where']), reason: filterReason(rule, error) };
  }
  return null;
}

function filterReason({ alert, when }: AlertRule, error: FilterError): string {
  const isField = error.code === 'unknown-field' || error.code === 'foreign-field';
  const sentence =
    isField && chosenBy[when] === 'datacenters'
      ? `A rule with when: ${when} can ask for dc alone.`
      : en.filter.error(error);
  return `The filter of ${alert} cannot be read: ${sentence} It is at character ${error.start + 1} of the filter.`;
}

/** `rules[2].for`, as programs name it; the whole is called so. */
function placeOf(path: readonly PropertyKey[]): string {
  const place = path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
  return place === '' ? 'The file' : place;
}
