import { expect, test } from 'vitest';
import { FlapDetector } from '@/lib/flapping/flap-detector';
import { flapSettingsBy } from '@/lib/flapping/flap-settings';
import { exampleFlip, exampleInstance } from '@/lib/history/example-transition';
import { serviceSubject } from '@/lib/history/subjects';
import { seededRandom } from './random';
import { shopCatalog } from './shop-catalog';
import type { ShopInstance } from './shop-instance';
import { passBy, type Story } from './weather';
import type { World } from './world';

const STEP_MS = 4_000;
const CHECK_MS = 1_000;
const HOURS_MS = 6 * 3_600_000;
const NODES = 2;

/** The shop as it stands on a world's nodes, whose every change the detector is told. */
class ToldShop {
  nowMs = 1_767_225_600_000;
  readonly found: string[] = [];
  readonly all: ShopInstance[];
  readonly #down = new Map<ShopInstance, 'warning' | 'critical'>();
  readonly #detector = new FlapDetector(flapSettingsBy([]), 300_000);

  constructor(readonly datacenters: readonly string[]) {
    this.all = datacenters.flatMap((datacenter, position) =>
      shopCatalog.flatMap(({ name, instances }, order) =>
        Array.from({ length: instances[position % instances.length] ?? 0 }, (_, n) => ({
          ...({ datacenter, service: name, id: `${name}-${n}`, key: `${datacenter}/${name}-${n}` } as ShopInstance),
          node: `${datacenter}-client-${((order + n) % NODES) + 1}`,
        })),
      ),
    );
    for (const dc of datacenters) this.#detector.advance(dc, this.nowMs);
  }

  flip(instance: ShopInstance, to: 'passing' | 'warning' | 'critical'): void {
    const { datacenter: dc, service, node, id } = instance;
    const from = this.#down.get(instance) ?? 'passing';
    const before = this.#statusOf(dc, service);
    if (to === 'passing') this.#down.delete(instance);
    else this.#down.set(instance, to);
    if (from === to) return;
    const told = exampleFlip(this.nowMs, service, exampleInstance(node, id, 'passing', dc), from, to, dc);
    const after = this.#statusOf(dc, service);
    const sum = { ...told, subject: serviceSubject(dc, service), from: before, to: after };
    this.#note([...this.#detector.observe(told), ...(before === after ? [] : this.#detector.observe(sum))]);
  }

  pass(ms: number): void {
    this.nowMs += ms;
    for (const dc of this.datacenters) this.#note(this.#detector.advance(dc, this.nowMs));
  }

  /** Its agent begins with every check critical, after what the catalog had of them. */
  nodeIs(node: string, status: 'lost' | 'back'): void {
    for (const to of status === 'lost' ? (['critical'] as const) : (['passing', 'critical', 'passing'] as const)) {
      for (const instance of this.all) if (instance.node === node) this.flip(instance, to);
      this.pass(CHECK_MS);
    }
  }

  #statusOf(dc: string, service: string): 'passing' | 'warning' | 'critical' {
    const down = this.all
      .filter((one) => one.datacenter === dc && one.service === service)
      .map((one) => this.#down.get(one));
    return down.includes('critical') ? 'critical' : down.includes('warning') ? 'warning' : 'passing';
  }

  #note(edges: ReturnType<FlapDetector['advance']>): void {
    for (const { edge, subject } of edges) if (edge === 'begins') this.found.push(subject.key);
  }
}

/** What weather does to a world, with nothing of it real. */
function storyOf(shop: ToldShop, seed: number): Story {
  const random = seededRandom(seed);
  const world = {
    datacenters: shop.datacenters.map((name) => ({
      name,
      clients: Array.from({ length: NODES }, (_, n) => ({ name: `${name}-client-${n + 1}` })),
    })),
    instances: (service?: string, dc?: string) =>
      shop.all.filter((one) => (service ?? one.service) === one.service && (dc ?? one.datacenter) === one.datacenter),
    flip: async (instance: ShopInstance, status: 'passing' | 'warning' | 'critical') => shop.flip(instance, status),
    kill: async (instance: ShopInstance) => shop.flip(instance, 'critical'),
    revive: async (instance: ShopInstance) => shop.flip(instance, 'passing'),
    loseNode: async (node: string) => shop.nodeIs(node, 'lost'),
    returnNode: async (node: string) => shop.nodeIs(node, 'back'),
    // Neither counts, whatever comes of it.
    setMaintenance: async () => undefined,
    deploy: async () => [],
  };
  const endMs = shop.nowMs + HOURS_MS;
  const [unsteady] = shop.all.filter(({ service }) => service === 'search');
  if (!unsteady) throw new Error('The shop has no search.');
  return {
    ...{ world: world as unknown as World, unsteady, minorOf: new Map(), troubled: new Map() },
    spared: ['payment', unsteady.service],
    report: () => undefined,
    pick: (list) => list[Math.floor(random() * list.length)] ?? (list[0] as (typeof list)[number]),
    step: async (steps = 1) => {
      for (let step = 0; step < steps; step += 1) shop.pass(STEP_MS);
      if (shop.nowMs > endMs) throw new Error('It is over.');
    },
  };
}

test.each([['dc1'], ['dc1', 'dc2'], ['dc1', 'dc2', 'dc3']])(
  'for hours nothing of the weather is found to flap but what does so on purpose: %s',
  async (...datacenters) => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const shop = new ToldShop(datacenters);
      await passBy(storyOf(shop, seed)).catch((error: Error) => expect(error.message).toBe('It is over.'));
      expect(shop.found, `seed ${seed}`).toEqual([]);
    }
  },
);
