import { setTimeout as wait } from 'node:timers/promises';
import type { World } from '@/e2e/world/world';

export interface ChurnOptions {
  readonly services: number;
  readonly instancesPerService: number;
  readonly changesPerSecond: number;
}

const NODE = 'dc1-client-1';
const STATUSES = ['fail', 'warn', 'pass'] as const;

/** Services `churn-1` … of real instances whose TTL checks change in turn, each time with a new output, at a steady rate. */
export async function churnChecks(world: World, options: ChurnOptions) {
  const ids: string[] = [];
  for (let service = 1; service <= options.services; service += 1) {
    for (let instance = 1; instance <= options.instancesPerService; instance += 1) {
      const ID = `churn-${service}-${instance}`;
      const Check = { CheckID: `${ID}-check`, TTL: '12h', Status: 'passing' };
      await world.register(NODE, { Name: `churn-${service}`, ID, Port: 20_000 + ids.length, Check });
      ids.push(ID);
    }
  }
  const agent = world.node(NODE).consul;
  let changes = 0;
  return {
    get changes() {
      return changes;
    },
    /** Changes one check after the other for so long, ms. Rejects when Consul refuses one. */
    async run(forMs: number): Promise<void> {
      const startMs = performance.now();
      const before = changes;
      while (performance.now() - startMs < forMs) {
        const id = ids[changes % ids.length];
        const status = STATUSES[Math.floor(changes / ids.length) % STATUSES.length];
        await agent.put(`/v1/agent/check/${status}/${id}-check?note=${encodeURIComponent(`turn ${changes}`)}`);
        changes += 1;
        // A slow turn is not made up for in a burst beyond what a steady rate allows.
        const dueMs = startMs + ((changes - before) * 1_000) / options.changesPerSecond;
        if (dueMs > performance.now()) await wait(dueMs - performance.now());
      }
    },
  };
}
