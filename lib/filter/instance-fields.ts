import { FROM_FRESH } from '@/lib/fleet/freshness';
import type { FreshnessState, Instance } from '@/lib/fleet/model';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import type { FilterSchema } from './schema';

/** One instance with what it is an instance of, and where. */
export interface InstanceRow {
  readonly dc: string;
  readonly service: string;
  readonly instance: Instance;
  readonly freshness: FreshnessState;
}

/** What a word is looked for in. */
export function instanceTexts(row: {
  readonly dc: string;
  readonly service: string;
  readonly instance: Pick<Instance, 'id' | 'node' | 'tags' | 'version'>;
}): string[] {
  const { dc, service, instance } = row;
  return [instance.id, service, instance.node, dc, ...instance.tags, instance.version];
}

export const instanceFields: FilterSchema<InstanceRow> = {
  subject: 'instances',
  words: instanceTexts,
  meta: ({ instance }) => instance.meta,
  fields: {
    name: { type: 'text', of: ({ service }) => [service] },
    service: { type: 'text', of: ({ service }) => [service] },
    id: { type: 'text', of: ({ instance }) => [instance.id] },
    node: { type: 'text', of: ({ instance }) => [instance.node] },
    dc: { type: 'exact', of: ({ dc }) => [dc] },
    status: { type: 'choice', choices: SERVICE_SEVERITY, of: ({ instance }) => [instance.status] },
    tag: { type: 'exact', of: ({ instance }) => instance.tags },
    version: { type: 'version', of: ({ instance }) => [instance.version] },
    since: { type: 'age', of: ({ instance }) => ({ ms: Date.parse(instance.since), atLeast: instance.sinceAtLeast }) },
    address: { type: 'text', of: ({ instance }) => [instance.address] },
    port: { type: 'number', of: ({ instance }) => [instance.port] },
    weight: { type: 'number', of: ({ instance }) => [instance.weights.passing] },
    check: { type: 'text', of: ({ instance }) => instance.checks.flatMap(({ id, name }) => [name, id]) },
    unconfirmed: { type: 'boolean', of: ({ instance }) => instance.unconfirmed },
    freshness: { type: 'choice', choices: FROM_FRESH, of: ({ freshness }) => [freshness] },
  },
};
