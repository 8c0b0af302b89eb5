import type { NodeFacts } from '@/lib/alerts/facts';
import type { AlertRule, RuleKind } from '@/lib/alerts/rule';
import type { FilterError } from '@/lib/filter/filter-error';
import { readFilter } from '@/lib/filter/read-filter';
import type { FilterSchema } from '@/lib/filter/schema';
import { chosenBy, datacenterRuleFields, nodeRuleFields, type ServiceChoice, serviceRuleFields } from './rule-subjects';

export type RuleOf<Kind extends RuleKind> = Extract<AlertRule, { when: Kind }>;

/** A rule with its `where` ready to be asked. */
export interface CompiledRule<Rule extends AlertRule = AlertRule> {
  readonly rule: Rule;
  readonly choosesService: (choice: ServiceChoice) => boolean;
  readonly choosesNode: (facts: NodeFacts) => boolean;
  readonly choosesDatacenter: (dc: string) => boolean;
}

/** What is wrong with a rule's `where`; null: it can be used. */
export function whereError({ when, where }: Pick<AlertRule, 'when' | 'where'>): FilterError | null {
  const chosen = chosenBy[when];
  const reading =
    chosen === 'nodes'
      ? readFilter(where, nodeRuleFields)
      : chosen === 'datacenters'
        ? readFilter(where, datacenterRuleFields)
        : readFilter(where, serviceRuleFields);
  return reading.ok ? null : reading.error;
}

/** @throws Error where its `where` has an error, which who reads rules finds by `whereError` */
export function compileRule<Rule extends AlertRule>(rule: Rule): CompiledRule<Rule> {
  const error = whereError(rule);
  if (error) throw new Error(`The filter of the rule ${rule.alert} cannot be read (${error.code}).`);
  const chosen = chosenBy[rule.when];
  const takesServices = chosen === 'services' || chosen === 'services-and-nodes';
  // What flaps may be a node as well: a filter that speaks of what nodes do not have chooses none of them.
  const takesNodes = chosen === 'nodes' || chosen === 'services-and-nodes';
  return {
    rule,
    choosesService: takesServices ? predicate(rule.where, serviceRuleFields) : () => false,
    choosesNode: takesNodes ? predicate(rule.where, nodeRuleFields) : () => false,
    choosesDatacenter: chosen === 'datacenters' ? predicate(rule.where, datacenterRuleFields) : () => false,
  };
}

function predicate<T>(where: string, schema: FilterSchema<T>): (record: T) => boolean {
  const reading = readFilter(where, schema);
  if (!reading.ok) return () => false;
  // None of these fields is an age: it does not matter when they are asked.
  return reading.filter.everything ? () => true : (record) => reading.filter.matches(record, 0);
}
