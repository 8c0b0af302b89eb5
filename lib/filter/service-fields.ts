import { FROM_FRESH } from '@/lib/fleet/freshness';
import type { ServiceRow } from '@/lib/fleet/service-row';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import { serviceTexts } from '@/lib/fleet/text-filter';
import type { FilterSchema } from './schema';

/** Services, as the list of them has them. */
export const serviceFields: FilterSchema<ServiceRow> = {
  subject: 'services',
  words: serviceTexts,
  fields: {
    name: { type: 'text', of: ({ service }) => [service.name] },
    service: { type: 'text', of: ({ service }) => [service.name] },
    dc: { type: 'exact', of: ({ dc }) => [dc] },
    status: { type: 'choice', choices: SERVICE_SEVERITY, of: ({ service }) => [service.status] },
    tag: { type: 'exact', of: ({ service }) => service.tags },
    version: { type: 'version', of: ({ service }) => Object.keys(service.versions) },
    since: { type: 'age', of: ({ service }) => ({ ms: Date.parse(service.since), atLeast: service.sinceAtLeast }) },
    instances: { type: 'number', of: ({ service }) => [service.instances] },
    passing: { type: 'number', of: ({ service }) => [service.passing] },
    warning: { type: 'number', of: ({ service }) => [service.warning] },
    critical: { type: 'number', of: ({ service }) => [service.critical] },
    maintenance: { type: 'number', of: ({ service }) => [service.maintenance] },
    flapping: { type: 'number', of: ({ service }) => (service.flapping === null ? [] : [service.flapping]) },
    unconfirmed: { type: 'number', of: ({ service }) => [service.unconfirmed] },
    freshness: { type: 'choice', choices: FROM_FRESH, of: ({ freshness }) => [freshness] },
  },
};
