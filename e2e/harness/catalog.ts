import type { ConsulHttp } from '@/e2e/world/consul-http';

/** A service instance on a node that no agent owns, so that every change is a single write which Consul shows at once. */
export interface CatalogInstance {
  node: string;
  service: string;
  id?: string;
  status?: 'passing' | 'warning' | 'critical';
  output?: string;
  tags?: string[];
  meta?: Record<string, string>;
  weight?: number;
}

/** Writes the instance, its node and its one check `<id>:health`, whatever stood there before. */
export async function putInstance(consul: ConsulHttp, instance: CatalogInstance): Promise<void> {
  const { node, service, id = service, status = 'passing', output = 'ok', tags = [], meta = {}, weight = 1 } = instance;
  await consul.put('/v1/catalog/register', {
    Node: node,
    Address: '10.1.1.1',
    Service: {
      ID: id,
      Service: service,
      Port: 8_080,
      Tags: tags,
      Meta: meta,
      Weights: { Passing: weight, Warning: 1 },
    },
    Check: { CheckID: `${id}:health`, Name: `health of ${id}`, Status: status, Output: output, ServiceID: id },
  });
}

/** Writes a check of the node itself. */
export async function putNodeCheck(
  consul: ConsulHttp,
  node: string,
  status: 'passing' | 'warning' | 'critical',
  output = '',
): Promise<void> {
  const Check = { CheckID: 'node-health', Name: 'health of the node', Status: status, Output: output };
  await consul.put('/v1/catalog/register', { Node: node, Address: '10.1.1.1', SkipNodeUpdate: true, Check });
}

export async function removeInstance(consul: ConsulHttp, node: string, id: string): Promise<void> {
  await consul.put('/v1/catalog/deregister', { Node: node, ServiceID: id });
}
