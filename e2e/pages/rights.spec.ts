import { test as base, expect } from '@playwright/test';
import { freePort } from '@/e2e/browser/free-port';
import { pageTrouble } from '@/e2e/browser/page-trouble';
import { putInstance } from '@/e2e/harness/catalog';
import { PortPool } from '@/e2e/world/port-pool';
import { startWorld } from '@/e2e/world/start-world';
import type { World } from '@/e2e/world/world';
import { LictorProcess } from '@/scripts/demo/lictor-process';

const SERVICES = ['a-1', 'a-2', 'a-3', 'b-1', 'b-2', 'b-3'];
const NODES = ['edge-1', 'edge-2'];
const SLOW = { timeout: 45_000 };

/** A Consul with ACLs, and production servers on it, each with the token of one test. */
const test = base.extend<{ lictorWith: (rules: string) => Promise<Watching>; quietPage: undefined }, { world: World }>({
  world: [
    async ({ browserName: _ }, use) => {
      const world = await startWorld({ datacenters: 1, clientsPerDatacenter: 0, shop: false, acl: true });
      for (const service of SERVICES) for (const node of NODES) await put(world, service, node);
      await use(world);
      await world.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  lictorWith: async ({ world }, use) => {
    const started: LictorProcess[] = [];
    await use(async (Rules) => {
      const consul = world.consul('dc1');
      const Name = `page-${started.length}-${Date.now()}`;
      const policy = await consul.put<{ ID: string }>('/v1/acl/policy', { Name, Rules });
      const token = await consul.put<{ SecretID: string }>('/v1/acl/token', { Policies: [{ Name }] });
      const env = { CONSUL_HTTP_ADDR: consul.address, CONSUL_HTTP_TOKEN: token.SecretID };
      const lictor = new LictorProcess(await freePort(), env);
      started.push(lictor);
      await lictor.ready();
      const allow = async (rules: string) => {
        await consul.put(`/v1/acl/policy/${policy.ID}`, { Name, Rules: rules });
      };
      return { address: lictor.address, allow };
    });
    for (const lictor of started) await lictor.stop();
  },
  quietPage: [
    async ({ page }, use) => {
      const trouble = await pageTrouble(page);
      await use(undefined);
      base.expect(trouble()).toEqual([]);
    },
    { auto: true },
  ],
});

interface Watching {
  readonly address: string;
  allow(rules: string): Promise<void>;
}

const read = (kind: 'service' | 'node', prefix: string) => `${kind}_prefix "${prefix}" { policy = "read" }\n`;

function put(world: World, service: string, node: string, status: 'passing' | 'critical' = 'passing'): Promise<void> {
  return putInstance(world.consul('dc1'), { node, service, id: `${service}-${node}`, status });
}

test('a datacenter that may not be read says so, and which rules are missing', async ({ page, lictorWith }) => {
  const { address } = await lictorWith('key_prefix "x" { policy = "read" }');
  await page.goto(address);
  const card = page.locator('section[data-key="dc1"]');
  await expect(card).toHaveAttribute('data-freshness', 'denied', SLOW);
  await expect(card).toHaveAttribute('data-status', 'unknown');
  await expect(card).toContainText('Lictor may not read this datacenter');
  await expect(card).toContainText(/grant service_prefix "".*and node_prefix "" { policy = "read" }/);
  await expect(page.locator('h1')).toHaveText('dc1 does not let Lictor read');
  await page.goto(`${address}/services`);
  await expect(page.getByText('No service is registered')).toHaveCount(0);
});

test('a part in which nothing may be read is not called empty', async ({ page, lictorWith }) => {
  const { address } = await lictorWith(read('service', 'zzz') + read('node', ''));
  await page.goto(address);
  const card = page.locator('section[data-key="dc1"]');
  await expect(card).toContainText('partly visible', SLOW);
  await expect(card).toContainText('No service is registered that Lictor may read');
  await expect(page.locator('h1')).toHaveText('No service is registered that Lictor may read; dc1 seen in part');
});

test('what may no longer be read is hatched and unknown, and the rule that is missing is named', async ({
  page,
  world,
  lictorWith,
}) => {
  const { address, allow } = await lictorWith(read('service', '') + read('node', ''));
  await page.goto(`${address}/services?view=flat`);
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  const row = (service: string) => page.locator(`tr[data-key="dc1/${service}"]`);
  await expect(row('b-1')).toHaveAttribute('data-status', 'passing');

  await allow(read('service', 'a') + read('node', ''));
  await put(world, 'b-1', 'edge-1', 'critical');
  await expect(row('b-3')).toHaveAttribute('data-status', 'unknown', SLOW);
  await expect(row('b-3')).toHaveAttribute('data-unconfirmed', 'true');
  await expect(row('b-3')).toContainText('2 of 2 gone, unconfirmed');
  await expect(row('a-1')).toHaveAttribute('data-status', 'passing');
  await expect(page.locator('tr[data-unconfirmed]').first()).toHaveCSS('background-image', /gradient/);

  await page.goto(address);
  const card = page.locator('section[data-key="dc1"]');
  await expect(card).toContainText('partly visible');
  await expect(card).toContainText(/\d+ instances gone, unconfirmed/);
  await page.goto(`${address}/services/dc1/b-3`);
  await expect(page.locator('tr[data-key="dc1/edge-1/b-3-edge-1"]')).toContainText('gone, unconfirmed');
  await page.goto(`${address}/system`);
  await expect(page.locator('main')).toContainText('grant service_prefix "" { policy = "read" }.');
});

test('a Consul that is away from the start is named by its address, since when, and nothing is claimed of it', async ({
  page,
}) => {
  const pool = new PortPool();
  const consul = `http://127.0.0.1:${await pool.take()}`;
  const lictor = new LictorProcess(await freePort(), { CONSUL_HTTP_ADDR: consul });
  try {
    await expect(async () => {
      await page.goto(lictor.address);
    }).toPass(SLOW);
    await expect(page.locator('h1')).toHaveText(
      new RegExp(`^Consul does not answer at ${consul} since \\d\\d:\\d\\d`),
      SLOW,
    );
    await expect(page.locator('section[data-key]')).toHaveCount(0);
    await page.goto(`${lictor.address}/services`);
    await expect(page.locator('main')).toContainText(`Consul does not answer at ${consul}`);
  } finally {
    await lictor.stop();
    await pool.release();
  }
});
