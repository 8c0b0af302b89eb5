/** One service of the demo shop. */
export interface ShopService {
  name: string;
  protocol: 'http' | 'tcp';
  team: string;
  tags: string[];
  /** Instance n runs version n modulo their number. */
  versions: [string, ...string[]];
  /** Instances in the first, second and third datacenter; a fourth is like the first, and so on. */
  instances: [number, number, number];
  /** Services that its sidecar proxy reaches; null for a service without a sidecar. */
  upstreams: string[] | null;
  /** Services that it calls past any sidecar, as its metadata says. */
  declares?: string[];
  /** The service id is the bare name, on each node the same, as Consul does where none is given. */
  bareId?: true;
}

/** A shop as many run one: some parts everywhere, some in one datacenter only, some with two versions at once. */
export const shopCatalog: ShopService[] = [
  {
    name: 'front',
    protocol: 'http',
    team: 'web',
    tags: ['public'],
    versions: ['2.8.0', '2.8.0', '2.8.1'],
    instances: [3, 2, 2],
    upstreams: ['api', 'search'],
  },
  {
    name: 'api',
    protocol: 'http',
    team: 'platform',
    tags: ['public', 'rest'],
    versions: ['5.3.2'],
    instances: [3, 2, 2],
    upstreams: ['cart', 'users', 'orders', 'inventory'],
  },
  {
    name: 'cart',
    protocol: 'http',
    team: 'checkout',
    tags: [],
    versions: ['1.14.0'],
    instances: [2, 2, 2],
    upstreams: ['cache', 'inventory'],
  },
  {
    name: 'payment',
    protocol: 'http',
    team: 'checkout',
    tags: ['pci'],
    versions: ['3.1.4', '3.2.0'],
    instances: [2, 2, 0],
    upstreams: ['ledger', 'fraud-check'],
  },
  {
    name: 'orders',
    protocol: 'http',
    team: 'checkout',
    tags: [],
    versions: ['4.0.7'],
    instances: [2, 2, 1],
    upstreams: ['database', 'queue', 'payment'],
  },
  {
    name: 'inventory',
    protocol: 'http',
    team: 'logistics',
    tags: [],
    versions: ['2.2.9'],
    instances: [2, 2, 2],
    upstreams: ['database'],
  },
  {
    name: 'shipping',
    protocol: 'http',
    team: 'logistics',
    tags: [],
    versions: ['0.9.3'],
    instances: [2, 0, 1],
    upstreams: null,
    declares: ['orders', 'queue'],
  },
  {
    name: 'search',
    protocol: 'http',
    team: 'discovery',
    tags: ['index-42'],
    versions: ['7.1.0'],
    instances: [2, 2, 1],
    upstreams: null,
  },
  {
    name: 'recommendations',
    protocol: 'http',
    team: 'discovery',
    tags: ['experimental'],
    versions: ['0.31.0', '0.32.0'],
    instances: [2, 0, 2],
    upstreams: null,
    declares: ['inventory', 'users'],
  },
  {
    name: 'users',
    protocol: 'http',
    team: 'identity',
    tags: [],
    versions: ['3.6.1'],
    instances: [2, 2, 1],
    upstreams: ['database'],
  },
  {
    name: 'mail',
    protocol: 'http',
    team: 'messaging',
    tags: [],
    versions: ['1.5.2'],
    instances: [2, 0, 0],
    upstreams: ['queue'],
  },
  {
    name: 'ledger',
    protocol: 'http',
    team: 'finance',
    tags: ['pci'],
    versions: ['2.0.0'],
    instances: [2, 0, 0],
    upstreams: null,
  },
  {
    name: 'fraud-check',
    protocol: 'http',
    team: 'finance',
    tags: ['pci'],
    versions: ['1.2.0', '1.3.0'],
    instances: [0, 2, 0],
    upstreams: null,
  },
  {
    name: 'image-resize',
    protocol: 'http',
    team: 'web',
    tags: ['batch'],
    versions: ['1.0.5'],
    instances: [0, 3, 0],
    upstreams: null,
    declares: ['queue'],
  },
  {
    name: 'reports',
    protocol: 'http',
    team: 'finance',
    tags: ['batch'],
    versions: ['0.4.1'],
    instances: [0, 0, 1],
    upstreams: null,
    declares: ['database', 'ledger@dc1'],
  },
  {
    name: 'database',
    protocol: 'tcp',
    team: 'storage',
    tags: ['postgresql'],
    versions: ['13.16'],
    instances: [2, 2, 2],
    upstreams: null,
  },
  {
    name: 'cache',
    protocol: 'tcp',
    team: 'storage',
    tags: ['redis'],
    versions: ['6.0.16'],
    instances: [2, 2, 2],
    upstreams: null,
    bareId: true,
  },
  {
    name: 'queue',
    protocol: 'tcp',
    team: 'messaging',
    tags: ['amqp'],
    versions: ['3.8.9'],
    instances: [2, 1, 1],
    upstreams: null,
  },
];

/** Who may not talk to whom; every upstream above is allowed. */
export const deniedPairs: [source: string, destination: string][] = [
  ['recommendations', 'ledger'],
  ['image-resize', 'payment'],
  ['mail', 'database'],
];
