import { checksOf, type RawCheck, type RawDatacenter, type RawInstance, readConsul } from './raw-consul';

/**
 * The bodies that the public contract asks for, worked out from a fresh read in words of its own. Nothing of Lictor's is imported here. What Consul
 * cannot tell (since when, how fresh, which place in the stream) is left out.
 */
export interface RawBodies {
  fleet: unknown;
  nodes: unknown;
  /** By service key. */
  services: Record<string, unknown>;
  /** By node key. */
  nodeBodies: Record<string, unknown>;
}

type Status = 'passing' | 'warning' | 'critical' | 'maintenance';

/** Reads all of Consul through one agent and says what Lictor must publish of it. */
export async function readRawBodies(address: string): Promise<RawBodies> {
  const datacenters = await readConsul(address);
  const bodies: RawBodies = { fleet: null, nodes: null, services: {}, nodeBodies: {} };
  bodies.fleet = { datacenters: datacenters.map((dc) => ({ ...headOf(dc), services: servicesOf(dc, bodies) })) };
  bodies.nodes = { datacenters: datacenters.map((dc) => ({ ...headOf(dc), nodes: nodesOf(dc, bodies) })) };
  return bodies;
}

const headOf = ({ name, leader }: RawDatacenter) => ({ name, partial: false, leader, unconfirmed: null });

function servicesOf(dc: RawDatacenter, bodies: RawBodies) {
  const records = [...dc.services].map(([name, raw]) => {
    const instances = sortedByKey(raw.map((one) => instanceOf(dc.name, one)));
    const record = recordOf(dc.name, name, instances);
    bodies.services[record.key] = { service: record, instances };
    return record;
  });
  return sortedByKey(records);
}

function nodesOf(dc: RawDatacenter, bodies: RawBodies) {
  const records = dc.nodes.map(({ node, checks, services }) => {
    const own = checks.filter(({ ServiceID }) => ServiceID === '').map(checkOf);
    const record = {
      key: keyOf(dc.name, node.Node),
      name: node.Node,
      address: node.Address,
      status: statusByChecks(own),
      meta: node.Meta ?? {},
      services: [...new Set(services.map(({ Service }) => Service))].sort(),
      unconfirmed: false,
    };
    const instances = services.map((service) => ({
      ...instanceOf(dc.name, { node, service, checks: checksOf(checks, service.ID) }),
      service: service.Service,
    }));
    bodies.nodeBodies[record.key] = { node: record, checks: sortedChecks(own), instances: sortedByKey(instances) };
    return record;
  });
  return sortedByKey(records);
}

function instanceOf(dc: string, { node, service, checks }: RawInstance) {
  const own = sortedChecks(checks.map(checkOf));
  const tags = service.Tags ?? [];
  const meta = service.Meta ?? {};
  return {
    key: keyOf(dc, node.Node, service.ID),
    id: service.ID,
    node: node.Node,
    address: service.Address === '' ? node.Address : service.Address,
    port: service.Port,
    version: meta.version || tags.find((tag) => /^v?\d+\.\d+/.test(tag)) || 'unversioned',
    tags,
    meta,
    weights: { passing: service.Weights.Passing, warning: service.Weights.Warning },
    status: statusByChecks(own),
    checks: own,
    unconfirmed: false,
  };
}

type RawInstanceBody = ReturnType<typeof instanceOf>;

function recordOf(dc: string, name: string, instances: RawInstanceBody[]) {
  const having = (status: Status) => instances.filter((instance) => instance.status === status).length;
  const status = (['critical', 'warning', 'maintenance'] as const).find((one) => having(one) > 0) ?? 'passing';
  const versions = new Map<string, number>();
  for (const { version } of instances) versions.set(version, (versions.get(version) ?? 0) + 1);
  return {
    key: keyOf(dc, name),
    name,
    status,
    instances: instances.length,
    passing: having('passing'),
    warning: having('warning'),
    critical: having('critical'),
    maintenance: having('maintenance'),
    versions: Object.fromEntries(versions),
    tags: [...new Set(instances.flatMap(({ tags }) => tags))].sort(),
    worst: status === 'passing' ? null : worstOf(instances, status),
    unconfirmed: 0,
  };
}

function worstOf(instances: RawInstanceBody[], status: Status) {
  const instance = instances.find((one) => one.status === status);
  const check = instance?.checks.find((one) => (status === 'maintenance' ? isMaintenance(one) : one.status === status));
  if (instance === undefined || check === undefined) throw new Error(`Nothing explains ${status}.`);
  const lines = (status === 'maintenance' ? check.notes : check.output).split('\n').map((line) => line.trim());
  const output = lines.find((line) => line !== '') ?? '';
  return { instance: instance.id, node: instance.node, check: check.name, output: output.slice(0, 200) };
}

function checkOf(raw: RawCheck) {
  return {
    id: raw.CheckID,
    name: raw.Name,
    type: raw.Type ?? '',
    status: raw.Status,
    output: raw.Output,
    notes: raw.Notes,
    scope: raw.ServiceID === '' ? 'node' : 'service',
  };
}

type RawCheckBody = ReturnType<typeof checkOf>;

const isMaintenance = ({ id }: RawCheckBody) => /^(_node_maintenance$|_service_maintenance:)/.test(id);

function statusByChecks(checks: RawCheckBody[]): Status {
  if (checks.some(isMaintenance)) return 'maintenance';
  return (['critical', 'warning'] as const).find((one) => checks.some(({ status }) => status === one)) ?? 'passing';
}

const keyOf = (...segments: string[]) => segments.map(encodeURIComponent).join('/');

function sortedByKey<T extends { key: string }>(records: T[]): T[] {
  return records.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function sortedChecks(checks: RawCheckBody[]): RawCheckBody[] {
  const place = ({ id, scope }: RawCheckBody) => `${id}\u0000${scope}`;
  return checks.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}
