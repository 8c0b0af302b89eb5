import type { ConsulHttp } from '@/e2e/world/consul-http';

type Status = 'passing' | 'warning' | 'critical';

/** An instance that stands in the catalog alone, with its own check, as Consul holds them. */
export interface CatalogInstance {
  readonly node: string;
  readonly id: string;
  readonly service: string;
  readonly registration: Readonly<Record<string, unknown>>;
  readonly check: Readonly<Record<string, unknown>>;
}

interface Entry {
  Node: { Node: string };
  Service: { ID: string; Service: string } & Record<string, unknown>;
  Checks: ({ ServiceID: string } & Record<string, unknown>)[];
}

/** Writes straight into the catalog, so that each change is one call whose moment is known. */
export class CatalogWriter {
  constructor(readonly consul: ConsulHttp) {}

  async services(): Promise<string[]> {
    const listed = await this.consul.get<Record<string, string[]>>('/v1/catalog/services');
    return Object.keys(listed).filter((name) => name !== 'consul');
  }

  async instances(service: string): Promise<CatalogInstance[]> {
    const entries = await this.consul.get<Entry[]>(`/v1/health/service/${encodeURIComponent(service)}`);
    return entries.map(({ Node, Service, Checks }) => {
      const check = Checks.find(({ ServiceID }) => ServiceID === Service.ID);
      if (check === undefined) throw new Error(`${Service.ID} on ${Node.Node} has no check of its own.`);
      return {
        node: Node.Node,
        id: Service.ID,
        service,
        registration: withoutIndexes(Service),
        check: withoutIndexes(check),
      };
    });
  }

  /** Names of the services with an instance on this node. */
  async servicesOn(node: string): Promise<string[]> {
    const path = `/v1/catalog/node/${encodeURIComponent(node)}`;
    const { Services } = await this.consul.get<{ Services: Record<string, { Service: string }> }>(path);
    return [...new Set(Object.values(Services).map(({ Service }) => Service))];
  }

  /** The instance's own check says this from now on. */
  async flip({ node, check }: CatalogInstance, status: Status, output = 'flipped'): Promise<void> {
    await this.#register(node, { Check: { ...check, Status: status, Output: output } });
  }

  /** Registers an instance again, or another one like it, with what is different in it. */
  async put(
    { node, registration, check }: CatalogInstance,
    different: { ID?: string; Meta?: Record<string, string> },
  ): Promise<void> {
    const Service = { ...registration, ...different };
    const ServiceID = different.ID ?? String(registration.ID);
    const Check = { ...check, CheckID: `service:${ServiceID}`, ServiceID };
    await this.#register(node, { Service, Check });
  }

  async remove(node: string, id: string): Promise<void> {
    await this.consul.put('/v1/catalog/deregister', { Node: node, ServiceID: id });
  }

  /** The node's one check, which counts for everything on it. */
  async flipNode(node: string, status: Status): Promise<void> {
    const [check] = await this.consul.get<Record<string, unknown>[]>(
      `/v1/health/node/${encodeURIComponent(node)}?filter=${encodeURIComponent('ServiceID == ""')}`,
    );
    if (check === undefined) throw new Error(`${node} has no check of its own.`);
    await this.#register(node, { Check: { ...withoutIndexes(check), Status: status } });
  }

  async #register(Node: string, more: Record<string, unknown>): Promise<void> {
    await this.consul.put('/v1/catalog/register', { Node, SkipNodeUpdate: true, ...more });
  }
}

/** What Consul adds when it reads out is not taken when it is written. */
function withoutIndexes(record: Record<string, unknown>): Record<string, unknown> {
  const { CreateIndex: _created, ModifyIndex: _modified, Definition: _definition, ...written } = record;
  return written;
}
