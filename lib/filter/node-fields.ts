import { FROM_FRESH } from '@/lib/fleet/freshness';
import type { NodeRow } from '@/lib/fleet/node-row';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import type { FilterSchema } from './schema';

export const nodeFields: FilterSchema<NodeRow> = {
  subject: 'nodes',
  words: ({ dc, node }) => [node.name, dc, node.address, ...node.services],
  meta: ({ node }) => node.meta,
  fields: {
    name: { type: 'text', of: ({ node }) => [node.name] },
    node: { type: 'text', of: ({ node }) => [node.name] },
    dc: { type: 'exact', of: ({ dc }) => [dc] },
    status: { type: 'choice', choices: SERVICE_SEVERITY, of: ({ node }) => [node.status] },
    service: { type: 'text', of: ({ node }) => node.services },
    address: { type: 'text', of: ({ node }) => [node.address] },
    since: { type: 'age', of: ({ node }) => ({ ms: Date.parse(node.since), atLeast: node.sinceAtLeast }) },
    unconfirmed: { type: 'boolean', of: ({ node }) => node.unconfirmed },
    freshness: { type: 'choice', choices: FROM_FRESH, of: ({ freshness }) => [freshness] },
  },
};
