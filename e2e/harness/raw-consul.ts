import { posix } from 'node:path';

/**
 * Consul as anyone could read it with curl: consistent reads, no index, no watch. Nothing of Lictor's is used here, so that what Lictor
 * publishes has something to be held against.
 */

export interface RawCheck {
  Node: string;
  CheckID: string;
  Name: string;
  Status: string;
  Notes: string;
  Output: string;
  ServiceID: string;
  Type?: string;
}

interface RawService {
  ID: string;
  Service: string;
  Tags: string[] | null;
  Address: string;
  Meta: Record<string, string> | null;
  Port: number;
  Weights: { Passing: number; Warning: number };
}

interface RawNode {
  Node: string;
  Address: string;
  Meta: Record<string, string> | null;
}

export interface RawInstance {
  node: RawNode;
  service: RawService;
  /** The node's checks and its own. */
  checks: RawCheck[];
}

export interface RawDatacenter {
  name: string;
  leader: string;
  /** By service name. */
  services: Map<string, RawInstance[]>;
  nodes: { node: RawNode; checks: RawCheck[]; services: RawService[] }[];
}

const TIMEOUT_MS = 5_000;

/** Every datacenter that the agent at `address` knows, read afresh. */
export async function readConsul(address: string): Promise<RawDatacenter[]> {
  const names = await get<string[]>(address, '/v1/catalog/datacenters');
  return Promise.all(names.sort().map((name) => readDatacenter(address, name)));
}

async function readDatacenter(address: string, name: string): Promise<RawDatacenter> {
  const at = <T>(path: string) => get<T>(address, `${path}?consistent&dc=${encodeURIComponent(name)}`);
  const [leader, listed, nodes] = await Promise.all([
    at<string>('/v1/status/leader'),
    at<Record<string, string[]>>('/v1/catalog/services'),
    at<RawNode[]>('/v1/catalog/nodes').then((all) => Promise.all(all.map((node) => readNode(at, node)))),
  ]);
  const services = new Map<string, RawInstance[]>();
  for (const service of Object.keys(listed)) {
    services.set(service, standsInAPath(service) ? await readService(at, service) : instancesOn(nodes, service));
  }
  return { name, leader, services, nodes };
}

type Get = <T>(path: string) => Promise<T>;

async function readService(at: Get, name: string): Promise<RawInstance[]> {
  type Entry = { Node: RawNode; Service: RawService; Checks: RawCheck[] };
  const entries = await at<Entry[]>(`/v1/health/service/${encodeURIComponent(name)}`);
  // Consul answers with the services whose names differ in case, too.
  return entries
    .filter(({ Service }) => Service.Service === name)
    .map(({ Node, Service, Checks }) => ({ node: Node, service: Service, checks: Checks }));
}

async function readNode(at: Get, node: RawNode): Promise<RawDatacenter['nodes'][number]> {
  const segment = encodeURIComponent(node.Node);
  const [checks, catalog] = await Promise.all([
    at<RawCheck[]>(`/v1/health/node/${segment}`),
    at<{ Services: Record<string, RawService> } | null>(`/v1/catalog/node/${segment}`),
  ]);
  return { node, checks, services: Object.values(catalog?.Services ?? {}) };
}

function instancesOn(nodes: RawDatacenter['nodes'], name: string): RawInstance[] {
  return nodes.flatMap(({ node, checks, services }) =>
    services
      .filter(({ Service }) => Service === name)
      .map((service) => ({ node, service, checks: checksOf(checks, service.ID) })),
  );
}

/** Those of a node's checks that count for one instance on it. */
export function checksOf(checks: RawCheck[], serviceId: string): RawCheck[] {
  return checks.filter(({ ServiceID }) => ServiceID === '' || ServiceID === serviceId);
}

/** Consul redirects a path that is not in its shortest form to that form: another service's, or none. */
function standsInAPath(name: string): boolean {
  return posix.normalize(`/${name}`) === `/${name}`;
}

async function get<T>(address: string, path: string): Promise<T> {
  const answer = await fetch(`${address}${path}`, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (answer.status !== 200) throw new Error(`Consul answered ${answer.status} to ${path}: ${await answer.text()}`);
  return (await answer.json()) as T;
}
