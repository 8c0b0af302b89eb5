import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { expect, test } from '@/e2e/browser/fixtures';
import { putInstance, removeInstance } from '@/e2e/harness/catalog';
import type { TopologyBody } from '@/lib/topology/topology-body';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const NODE = 'node-of-topology';

const topologyOf = async (address: string): Promise<TopologyBody> =>
  (await (await fetch(`${address}/api/v1/topology`)).json()) as TopologyBody;

const services = (page: Page) => page.locator('.react-flow__node button[data-key]');
const node = (page: Page, key: string) => page.locator(`.react-flow__node button[data-key="${key}"]`);
const edge = (page: Page, key: string) => page.locator(`[data-edge="${key}"]`);

/** Where everything stands on the picture, by key, however the window lies on it. */
const places = (page: Page): Promise<Record<string, string>> =>
  page
    .locator('.react-flow__node')
    .evaluateAll((nodes) =>
      Object.fromEntries(
        nodes.map((element) => [element.getAttribute('data-id'), (element as HTMLElement).style.transform]),
      ),
    );

async function open(page: Page, search = ''): Promise<void> {
  await page.goto(`/topology${search}`);
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  await expect(page.locator('.react-flow__node').first()).toBeVisible();
}

test('every service stands in the lane of its datacenter', async ({ page, lictor }) => {
  await open(page);
  const { nodes, edges, datacenters } = await topologyOf(lictor.address);
  await expect(page.locator('[data-lane]')).toHaveCount(datacenters.length);
  await expect(services(page)).toHaveCount(nodes.length);
  await expect(page.locator('[data-edge]')).toHaveCount(edges.length);
  for (const { key, dc } of nodes) {
    const lane = await page.locator(`[data-lane="${dc}"]`).boundingBox();
    const box = await node(page, key).boundingBox();
    expect(box && lane && box.y >= lane.y && box.y + box.height <= lane.y + lane.height).toBe(true);
  }
});

test('who falls ill changes colour where it stands, and nothing moves', async ({ page, world }) => {
  await open(page);
  const [instance] = world.instances('users', 'dc1');
  if (!instance) throw new Error('The shop has users.');
  const before = await places(page);
  await expect(node(page, 'dc1/users')).toHaveAttribute('data-status', 'passing');
  await world.flip(instance, 'critical');
  await expect(node(page, 'dc1/users')).toHaveAttribute('data-status', 'critical');
  expect(await places(page)).toEqual(before);
  await world.flip(instance, 'passing');
  await expect(node(page, 'dc1/users')).toHaveAttribute('data-status', 'passing');
  expect(await places(page)).toEqual(before);
});

test('what comes finds a place among what stands, its edges with it, and what stays does not jump', async ({
  page,
  world,
}) => {
  await open(page);
  const before = await places(page);
  const consul = world.consul('dc1');
  try {
    await putInstance(consul, { node: NODE, service: 'newcomer', meta: { upstreams: 'users, payment' } });
    await expect(node(page, 'dc1/newcomer')).toBeVisible();
    await expect(edge(page, 'dc1/newcomer>dc1/users')).toHaveCount(1);
    await expect(edge(page, 'dc1/newcomer>dc1/payment')).toHaveAttribute('data-observed', 'false');
    expect(await places(page)).toMatchObject(before);
  } finally {
    await removeInstance(consul, NODE, 'newcomer');
  }
  await expect.poll(() => places(page)).toEqual(before);
});

test('the arrow keys walk along edges, say where they stand, and Enter opens it', async ({ page, world }) => {
  const consul = world.consul('dc1');
  try {
    await putInstance(consul, { node: NODE, service: 'walked', meta: { upstreams: 'walked-to' } });
    await putInstance(consul, { node: NODE, service: 'walked-to' });
    await open(page, '?chosen=dc1%2Fwalked');
    await expect(edge(page, 'dc1/walked>dc1/walked-to')).toHaveCount(1);
    const graph = page.getByRole('application');
    await graph.focus();
    await page.keyboard.press('ArrowRight');
    await expect(node(page, 'dc1/walked')).toHaveAttribute('data-mark', /current/);
    await page.keyboard.press('ArrowRight');
    await expect(node(page, 'dc1/walked-to')).toHaveAttribute('data-mark', /current/);
    await expect(page.getByText('walked-to in dc1, passing, 1 passing. Called by 1, calls 0.')).toBeAttached();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/chosen=dc1(%2F|\/)walked-to/);
    await page.keyboard.press('ArrowLeft');
    await expect(node(page, 'dc1/walked')).toHaveAttribute('data-mark', /current/);
    await page.keyboard.press('Escape');
    await expect(page).not.toHaveURL(/chosen=/);
  } finally {
    await removeInstance(consul, NODE, 'walked');
    await removeInstance(consul, NODE, 'walked-to');
  }
});

test('a group is opened by a click, and all of it is in the address: Back closes it, and a link shows the same', async ({
  page,
}) => {
  await open(page);
  await page.getByLabel('Group by').selectOption('datacenter');
  await expect(page).toHaveURL(/group=datacenter/);
  await expect(page.locator('[data-group]')).toHaveCount(3);
  await page.locator('[data-group]').first().click();
  await expect(page.locator('[data-group]')).toHaveCount(2);
  await expect(node(page, 'dc1/users')).toBeVisible();
  // The picture changes before the address does: addresses are written a few times a second at most.
  await expect(page).toHaveURL(/open=/);
  const link = page.url();
  await page.goBack();
  await expect(page.locator('[data-group]')).toHaveCount(3);
  await page.goto(link);
  await expect(page.locator('[data-group]')).toHaveCount(2);
  await expect(node(page, 'dc1/users')).toBeVisible();
});

test('around one service only what is within its hops is drawn', async ({ page, world }) => {
  const consul = world.consul('dc1');
  try {
    await putInstance(consul, { node: NODE, service: 'near', meta: { upstreams: 'nearer' } });
    await putInstance(consul, { node: NODE, service: 'nearer', meta: { upstreams: 'nearest' } });
    await putInstance(consul, { node: NODE, service: 'nearest' });
    await open(page, '?focus=dc1%2Fnearest&up=2&down=0');
    await expect(services(page)).toHaveCount(3);
    await page.getByLabel('Hops to what depends on it').fill('1');
    await expect(services(page)).toHaveCount(2);
    await expect(node(page, 'dc1/near')).toHaveCount(0);
    await page.getByRole('button', { name: 'Show everything again' }).click();
    await expect(node(page, 'dc1/users')).toBeVisible();
  } finally {
    for (const id of ['near', 'nearer', 'nearest']) await removeInstance(consul, NODE, id);
  }
});

for (const theme of ['dark', 'light'] as const) {
  test(`the picture breaks no rule of accessibility (${theme})`, async ({ page, context, lictor }) => {
    await context.addCookies([{ name: 'lictor-theme', value: theme, url: lictor.address }]);
    await open(page, '?chosen=dc1%2Fusers');
    // By the debugger's own evaluation: a script element would break the content security policy.
    await page.evaluate(axe);
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });
}
