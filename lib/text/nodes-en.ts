import type { NodeColumn } from '@/lib/fleet/sort-nodes';

interface Wording {
  readonly number: (value: number) => string;
  readonly age: (ageMs: number) => string;
}

const column: Record<NodeColumn, string> = {
  status: 'Status',
  node: 'Node',
  dc: 'Datacenter',
  address: 'Address',
  services: 'Services',
  since: 'Since',
};

/** What the pages of nodes and instances say. */
export const nodesEn = ({ number, age }: Wording) => ({
  column,
  filter: 'Filter of nodes',
  runs: 'Runs here',
  none: 'No node is registered',
  noneHint: 'Nodes appear here by themselves as soon as an agent joins.',
  noneInPart: 'No node is registered that Lictor may read',
  empty: 'No node is registered here',
  emptyWhenLastSeen: 'No node was registered here when last seen',
  noMatch: 'No node matches the filter',
  noMatchHint:
    'A word is looked for in names, addresses, datacenters and services; what stands side by side must all be true.',
  all: 'All nodes',

  checks: 'Checks of the node',
  check: 'Check',
  output: 'Output, as given',
  instances: 'Instances here',
  placed: 'Service, instance',
  noCheckOfItsOwn: 'No check of its own: those of the node count',
  /** Of what is not live itself, but read again and again. */
  read: (ageMs: number) => `read ${age(ageMs)} ago`,
  readWhy: 'Read anew as soon as the node or a service on it changes, and every few seconds.',
  loading: 'Reading the node',
  goneHint: 'Consul lists no such node any more. Below is what was last seen; if it comes back, this page shows it.',
  notFound: (name: string, dc: string) => `No node ${name} in ${dc}`,
  notFoundHint: 'It may have left. If it is registered again, this page opens by itself.',
  itIsIn: 'A node of this name is in',

  instance: {
    service: 'service',
    node: 'node',
    weights: (passing: number, warning: number) => `weights ${number(passing)} / ${number(warning)}`,
    checks: 'Checks',
    loading: 'Reading the instance',
    goneHint: 'It is not registered any more. Below is what was last seen; if it comes back, this page shows it.',
    notFound: (id: string, node: string, dc: string) => `No instance ${id} on ${node} in ${dc}`,
    notFoundHint: 'It may have been deregistered. If it is registered again, this page opens by itself.',
    toNode: (node: string) => `To the node ${node}`,
  },
});
