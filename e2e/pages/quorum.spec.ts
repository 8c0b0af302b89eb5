import { expect, test } from '@playwright/test';
import { freePort } from '@/e2e/browser/free-port';
import { pageTrouble } from '@/e2e/browser/page-trouble';
import { putInstance } from '@/e2e/harness/catalog';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import { LictorProcess } from '@/scripts/demo/lictor-process';

/** Gossip takes its time, and so does a machine that is busy. */
const SLOW = { timeout: 60_000 };
const WITHOUT_OPERATOR = 'service_prefix "" { policy = "read" }\nnode_prefix "" { policy = "read" }';

test('a rule that is missing is named, and a lost quorum is said on every page until it is back', async ({ page }) => {
  test.setTimeout(240_000);
  const trouble = await pageTrouble(page);
  const world = await startWorld({
    ...{ datacenters: 1, serversPerDatacenter: 3, clientsPerDatacenter: 0 },
    ...{ shop: false, acl: true },
  });
  const endings: (() => unknown)[] = [() => world.stop()];
  try {
    const consul = world.consul('dc1');
    await putInstance(consul, { node: 'edge', service: 'web' });
    const { SecretID } = await until('a token to be written', async () => {
      const { ID } = await consul.put<{ ID: string }>('/v1/acl/policy', {
        ...{ Name: `page-${Date.now()}`, Rules: WITHOUT_OPERATOR },
      });
      return consul.put<{ SecretID: string }>('/v1/acl/token', { Policies: [{ ID }] });
    });
    const lictor = new LictorProcess(await freePort(), {
      ...{ CONSUL_HTTP_ADDR: consul.address, CONSUL_HTTP_TOKEN: SecretID },
    });
    endings.push(() => lictor.stop());
    await lictor.ready();

    await page.goto(`${lictor.address}/system`);
    const panel = page.locator('section[data-key="dc1"]');
    await expect(panel).toContainText('Quorum kept: 3 of 3 voters reachable, 2 needed', SLOW);
    await expect(panel).toContainText('Grant this rule to see it: operator = "read"', SLOW);
    await expect(page.locator('h1')).toHaveText('Consul has its quorum in dc1');
    const header = page.locator('header button[data-key="dc1"]');
    await expect(header).toHaveAttribute('data-freshness', 'live', SLOW);

    const [asked, ...others] = world.datacenters[0]?.servers ?? [];
    expect(asked?.http).toBe(consul.address);
    for (const server of others) server.freeze();
    try {
      await expect(page.locator('h1')).toHaveText('dc1 has lost the quorum', SLOW);
      await expect(panel).toContainText('Quorum lost: 1 of 3 voters reachable, 2 needed', SLOW);
      await expect(header).toHaveAttribute('data-freshness', 'stale', SLOW);
      await expect(header).toHaveAttribute('title', /no leader/);
      await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Services' }).click();
      await expect(page).toHaveURL(/\/services/);
      await expect(header).toHaveAttribute('data-freshness', 'stale');
      await expect(page.locator('main')).toContainText('web');
    } finally {
      for (const server of others) server.thaw();
    }
    await expect(header).toHaveAttribute('data-freshness', 'live', SLOW);
    await page.goto(`${lictor.address}/system`);
    await expect(page.locator('h1')).toHaveText('Consul has its quorum in dc1', SLOW);
    expect(trouble()).toEqual([]);
  } finally {
    for (const end of endings.reverse()) await end();
  }
});
