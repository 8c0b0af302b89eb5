import type { NodeFacts, ServiceFacts } from '@/lib/alerts/facts';
import type { RuleKind } from '@/lib/alerts/rule';
import type { FilterSchema } from '@/lib/filter/schema';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import type { InstanceCounts } from './instance-counts';

/**
 * What the `where` of a rule can ask for. It has the fields that the lists have, but for ages, which would change without anything having happened, and for
 * freshness, since nothing of a datacenter that is not live is judged.
 */

/** A service as a rule chooses it. */
export interface ServiceChoice {
  readonly facts: ServiceFacts;
  readonly counts: InstanceCounts;
}

export const serviceRuleFields: FilterSchema<ServiceChoice> = {
  subject: 'services',
  words: ({ facts }) => [facts.name, facts.dc, ...tagsOf(facts), ...versionsOf(facts)],
  fields: {
    name: { type: 'text', of: ({ facts }) => [facts.name] },
    service: { type: 'text', of: ({ facts }) => [facts.name] },
    dc: { type: 'exact', of: ({ facts }) => [facts.dc] },
    status: { type: 'choice', choices: SERVICE_SEVERITY, of: ({ facts }) => [facts.status] },
    tag: { type: 'exact', of: ({ facts }) => tagsOf(facts) },
    version: { type: 'version', of: ({ facts }) => versionsOf(facts) },
    instances: { type: 'number', of: ({ facts }) => [facts.instances.length] },
    passing: { type: 'number', of: ({ counts }) => [counts.passing] },
    warning: { type: 'number', of: ({ counts }) => [counts.warning] },
    critical: { type: 'number', of: ({ counts }) => [counts.critical] },
    maintenance: { type: 'number', of: ({ counts }) => [counts.maintenance] },
  },
};

export const nodeRuleFields: FilterSchema<NodeFacts> = {
  subject: 'nodes',
  words: ({ dc, name, services }) => [name, dc, ...services],
  meta: ({ meta }) => meta,
  fields: {
    name: { type: 'text', of: ({ name }) => [name] },
    node: { type: 'text', of: ({ name }) => [name] },
    dc: { type: 'exact', of: ({ dc }) => [dc] },
    status: { type: 'choice', choices: SERVICE_SEVERITY, of: ({ status }) => [status] },
    service: { type: 'text', of: ({ services }) => services },
  },
};

/** Of rules of a datacenter, and of what Lictor needs for one: its name, empty for Lictor's own. */
export const datacenterRuleFields: FilterSchema<string> = {
  // Nothing tells a reader of this subject: what asks for another field than `dc` is refused with a sentence of its own.
  subject: 'services',
  words: (dc) => [dc],
  fields: { dc: { type: 'exact', of: (dc) => [dc] } },
};

/** What a kind of rule chooses among. */
export const chosenBy: Readonly<
  Record<RuleKind, 'services' | 'nodes' | 'services-and-nodes' | 'datacenters' | 'nothing'>
> = {
  flapping: 'services-and-nodes',
  'instance-critical': 'services',
  'few-healthy': 'services',
  'service-critical-share': 'services',
  'datacenter-critical-share': 'services',
  'node-critical': 'nodes',
  'no-leader': 'datacenters',
  'datacenter-lost': 'datacenters',
  'mass-disappearance': 'datacenters',
  'certificate-expiry': 'datacenters',
  'token-expiry': 'datacenters',
  watchdog: 'nothing',
};

const tagsOf = ({ instances }: ServiceFacts): string[] => instances.flatMap(({ tags }) => tags);
const versionsOf = ({ instances }: ServiceFacts): string[] => instances.map(({ version }) => version);
