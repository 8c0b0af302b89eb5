import type { ShopInstance } from '@/e2e/world/shop-instance';
import type { World } from '@/e2e/world/world';
import type { Storm } from './storm';

const STATUSES = ['passing', 'warning', 'critical'] as const;
const TAGS = ['blue', 'v1.2.3', '2.0', 'x y', '漢'];

/** Does `count` things to a world, chosen by `random`, without waiting for one before the next unless Consul's API does. Undoes none of them. */
export async function randomOperations(
  world: World,
  storm: Storm,
  random: () => number,
  count: number,
): Promise<string[]> {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const registered = new Map<string, ShopInstance>();
  const told: string[] = [];

  const operations: Record<string, () => Promise<string>> = {
    flip: async () => {
      const instance = pick(world.instances());
      const status = pick(STATUSES);
      await world.flip(instance, status);
      return `${instance.key} ${status}`;
    },
    flipAndWait: async () => {
      const instance = pick(world.instances());
      const status = pick(STATUSES);
      await storm.flip(instance, status);
      return `${instance.key} ${status}`;
    },
    register: async () => {
      const host = pick(world.instances());
      const id = `random-${Math.floor(random() * 4)}`;
      const before = registered.get(id);
      if (before && before.node !== host.node) await world.deregister(before.node, id);
      registered.set(id, host);
      const more = {
        Tags: TAGS.filter(() => random() < 0.5),
        Meta: { version: `1.${Math.floor(random() * 3)}.0`, run: String(random()) },
        Weights: { Passing: 1 + Math.floor(random() * 100), Warning: 1 },
        Address: random() < 0.5 ? '' : '10.9.8.7',
      };
      await storm.register(host, id, more);
      return `${id} at ${host.node}`;
    },
    deregister: async () => {
      const [id] = registered.keys();
      const host = id && registered.get(id);
      if (!id || !host) return 'nothing';
      registered.delete(id);
      await world.deregister(host.node, id);
      return id;
    },
    maintenance: async () => {
      const instance = pick(world.instances());
      const reason = random() < 0.6 ? `reason ${random()}` : null;
      await world.setMaintenance(instance, reason);
      return `${instance.key} ${reason}`;
    },
    nodeMaintenance: async () => {
      const { node } = pick(world.instances());
      const reason = random() < 0.4 ? 'a new kernel' : null;
      await world.setNodeMaintenance(node, reason);
      return `${node} ${reason}`;
    },
    crash: async () => {
      const instance = pick(world.instances());
      await world.kill(instance);
      await world.revive(instance);
      return instance.key;
    },
  };

  for (let turn = 0; turn < count; turn += 1) {
    const name = pick(Object.keys(operations));
    told.push(`${name}: ${await operations[name]?.()}`);
  }
  return told;
}
