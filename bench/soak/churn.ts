import { setTimeout as wait } from 'node:timers/promises';
import { type CatalogInstance, CatalogWriter } from '@/bench/measure/catalog-writer';
import type { World } from '@/e2e/world/world';

const STATUSES = ['passing', 'warning', 'critical'] as const;
const MOST_NEWCOMERS = 100;
/** The world's generated nodes. What an agent has registered it would write again. */
const OWNED_BY_NOBODY = /-edge-\d+$/;

/** One datacenter, and what may be changed there. */
interface Field {
  readonly writer: CatalogWriter;
  readonly instances: CatalogInstance[];
  readonly newcomers: { node: string; id: string }[];
}

/** Random changes of the catalog at a steady rate, in every datacenter of a world. */
export class Churn {
  readonly #fields: readonly Field[];
  readonly #random: () => number;
  #written = 0;
  #refused = 0;
  #count = 0;

  private constructor(fields: Field[], random: () => number) {
    this.#fields = fields;
    this.#random = random;
  }

  static async of(world: World, random: () => number): Promise<Churn> {
    const fields = world.datacenters.map(async ({ name }) => {
      const writer = new CatalogWriter(world.consul(name));
      const all: CatalogInstance[] = [];
      for (const service of await writer.services()) all.push(...(await writer.instances(service)));
      return { writer, instances: all.filter(({ node }) => OWNED_BY_NOBODY.test(node)), newcomers: [] };
    });
    return new Churn(await Promise.all(fields), random);
  }

  /** Changes that Consul has taken. */
  get written(): number {
    return this.#written;
  }

  /** Those that it did not take: a server was down. */
  get refused(): number {
    return this.#refused;
  }

  /** Writes so many a second until `ended`; resolves when the last is through. */
  async run(perSecond: number, ended: () => boolean): Promise<void> {
    const startedAtMs = performance.now();
    const writes = new Set<Promise<void>>();
    for (let n = 1; !ended(); n += 1) {
      const write = this.#change().then(
        () => {
          this.#written += 1;
        },
        () => {
          this.#refused += 1;
        },
      );
      writes.add(write);
      void write.then(() => writes.delete(write));
      await wait(Math.max(0, startedAtMs + (n * 1_000) / perSecond - performance.now()));
    }
    await Promise.all(writes);
  }

  async #change(): Promise<void> {
    const { writer, instances, newcomers } = this.#pick(this.#fields);
    const instance = this.#pick(instances);
    const dice = this.#random();
    this.#count += 1;
    if (dice < 0.7) return writer.flip(instance, this.#pick(STATUSES), `change ${this.#count}`);
    if (dice < 0.8) return writer.put(instance, { Meta: { version: `1.${Math.floor(this.#random() * 9)}.0` } });
    if (dice < 0.9 && newcomers.length < MOST_NEWCOMERS) {
      const newcomer = { node: instance.node, id: `newcomer-${this.#count}` };
      newcomers.push(newcomer);
      return writer.put(instance, { ID: newcomer.id });
    }
    const [leaving] = newcomers.splice(Math.floor(this.#random() * newcomers.length), 1);
    return leaving ? writer.remove(leaving.node, leaving.id) : writer.flip(instance, 'passing');
  }

  #pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)] as T;
  }
}
