import { type CatalogInstance, putInstance, putNodeCheck, removeInstance } from '@/e2e/harness/catalog';
import type { ConsulHttp } from '@/e2e/world/consul-http';

const STATUSES = ['passing', 'warning', 'critical'] as const;
const TAG_LISTS = [[], ['blue'], ['v1.2.3', 'blue'], ['2.0']];

/** A catalog that no agent owns, changed at random. Some of it no list and no summary shows: metadata, weights, an instance in another's place. */
export class CatalogOperations {
  readonly #instances = new Map<string, CatalogInstance & { id: string }>();
  readonly #operations: Record<string, () => Promise<string>>;
  #names = 0;

  constructor(
    private readonly consul: ConsulHttp,
    private readonly random: () => number,
  ) {
    const change = (more: () => Partial<CatalogInstance>) => () => {
      const instance = this.#any();
      return this.put({ ...instance, ...more() });
    };
    this.#operations = {
      status: change(() => ({ status: this.#pick(STATUSES), output: `said ${this.#number()}` })),
      words: change(() => ({ output: `words ${this.#number()}` })),
      meta: change(() => ({ meta: { version: `1.${this.#number() % 4}.0`, run: String(this.#number()) } })),
      weight: change(() => ({ weight: 1 + (this.#number() % 100) })),
      tags: change(() => ({ tags: this.#pick(TAG_LISTS) })),
      another: () => {
        this.#names += 1;
        const { service } = this.#any();
        return this.put({ node: 'edge-3', service, id: `${service}-more-${this.#names}` });
      },
      instead: async () => {
        const { node, id, service } = this.#any();
        this.#names += 1;
        await this.remove(node, id);
        return this.put({ node, service, id: `${service}-instead-${this.#names}` });
      },
      gone: async () => {
        const { node, id } = this.#any();
        await this.remove(node, id);
        return `${node}/${id} gone`;
      },
      newService: () => {
        this.#names += 1;
        return this.put({ node: 'edge-2', service: `new-${this.#names}`, id: `new-${this.#names}` });
      },
      nodeCheck: async () => {
        const status = this.#pick(STATUSES);
        await putNodeCheck(consul, 'edge-2', status, `node ${this.#number()}`);
        return `edge-2 ${status}`;
      },
      nodeAddress: async () => {
        const address = `10.1.2.${1 + (this.#number() % 200)}`;
        await consul.put('/v1/catalog/register', { Node: 'edge-3', Address: address });
        return `edge-3 at ${address}`;
      },
    };
  }

  /** Names of the services that stand now. */
  get services(): string[] {
    return [...new Set([...this.#instances.values()].map(({ service }) => service))];
  }

  async put(instance: CatalogInstance & { id: string }): Promise<string> {
    this.#instances.set(`${instance.node}/${instance.id}`, instance);
    await putInstance(this.consul, instance);
    return JSON.stringify(instance);
  }

  async remove(node: string, id: string): Promise<void> {
    this.#instances.delete(`${node}/${id}`);
    await removeInstance(this.consul, node, id);
  }

  /** @returns what was done, one line each */
  async act(count: number): Promise<string[]> {
    const told: string[] = [];
    for (let turn = 0; turn < count; turn += 1) {
      const name = this.#pick(Object.keys(this.#operations));
      told.push(`${name}: ${await this.#operations[name]?.()}`);
    }
    return told;
  }

  pickServices(count: number): string[] {
    return Array.from({ length: count }, () => this.#pick(this.services));
  }

  #any(): CatalogInstance & { id: string } {
    return this.#pick([...this.#instances.values()]);
  }

  #number(): number {
    return Math.floor(this.random() * 1_000_000);
  }

  #pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)] as T;
  }
}
