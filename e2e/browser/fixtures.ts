import { test as base } from '@playwright/test';
import { startWorld } from '@/e2e/world/start-world';
import type { World } from '@/e2e/world/world';
import { LictorProcess } from '@/scripts/demo/lictor-process';
import { freePort } from './free-port';
import { pageTrouble } from './page-trouble';

interface Shared {
  /** Real Consul datacenters with the shop on them; a test leaves them as it found them. */
  world: World;
  /** The production server on that world. */
  lictor: LictorProcess;
}

interface PerTest {
  /** Fails the test at its end if the page broke its own content policy, threw, or logged an error. */
  quietPage: undefined;
}

/** Browser tests share one world and one production server; each has a page of its own. */
export const test = base.extend<PerTest, Shared>({
  world: [
    // Playwright reads off this pattern what a fixture needs, and takes no bare name for "nothing".
    async ({ browserName: _ }, use) => {
      // Tests start and end Lictors of their own beside the shared one, and Consul counts the waits of one that has ended for another 25 s.
      const world = await startWorld({ maxConnectionsPerClient: 1_000 });
      await use(world);
      await world.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  lictor: [
    async ({ world }, use) => {
      const [first] = world.datacenters;
      if (!first) throw new Error('The world has no datacenter.');
      const lictor = new LictorProcess(await freePort(), { CONSUL_HTTP_ADDR: first.serverHttp });
      await lictor.ready();
      await use(lictor);
      await lictor.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ lictor }, use) => use(lictor.address),
  quietPage: [
    async ({ page }, use) => {
      const trouble = await pageTrouble(page);
      await use(undefined);
      base.expect(trouble()).toEqual([]);
    },
    { auto: true },
  ],
});

export const expect = test.expect;
