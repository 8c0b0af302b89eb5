import { expect, test } from '@/e2e/browser/fixtures';
import { putInstance, putNodeCheck, removeInstance } from '@/e2e/harness/catalog';
import type { FoundInstancesBody } from '@/lib/fleet/found-instances-body';
import { instanceKey, nodeKey } from '@/lib/fleet/keys';

const NODE = 'dc1-client-1';
const OTHER = 'dc1-client-2';
/** A node that no agent owns. */
const EDGE = 'edge-1';

interface Writable {
  put(path: string, body: unknown): Promise<unknown>;
}

const register = (consul: Writable, Node: string, Service: string) =>
  consul.put('/v1/catalog/register', { Node, Address: '10.1.1.1', SkipNodeUpdate: true, Service: { Service } });

const removeNode = (consul: Writable, Node: string) => consul.put('/v1/catalog/deregister', { Node });

test('the first HTML holds every node, and of one node its checks and instances, before any script runs', async ({
  browser,
  lictor,
  world,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${lictor.address}/nodes`);
  for (const { name, servers, clients } of world.datacenters) {
    await expect(page.locator(`tr[data-key="${name}"]`)).toHaveAttribute('data-freshness', 'live');
    for (const agent of [...servers, ...clients]) {
      const row = page.locator(`tr[data-key="${nodeKey(name, agent.name)}"]`);
      await expect(row).toHaveAttribute('data-status', 'passing');
      await expect(row).toContainText('127.0.0.1');
    }
  }
  await page.goto(`${lictor.address}/nodes/dc1/${NODE}`);
  await expect(page.getByRole('region', { name: 'Checks of the node' })).toContainText('Agent alive and reachable');
  const ids = Object.keys(await world.node(NODE).consul.get<Record<string, unknown>>('/v1/agent/services'));
  await expect(page.locator('h2#instances + span')).toHaveText(String(ids.length));
  const [id = ''] = ids;
  await page.goto(`${lictor.address}/instances/dc1/${NODE}/${id}`);
  await expect(page.locator('h1')).toHaveText(id);
  await expect(page.getByRole('region', { name: 'Checks' })).toContainText('Serf Health Status');
  await context.close();
});

test('by keyboard alone: filter the nodes, open one, its instance, and that one’s service', async ({ page, world }) => {
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Nodes' }).press('Enter');
  await expect(page).toHaveURL(/\/nodes$/);
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  await page.keyboard.press('/');
  await page.keyboard.type(`dc:dc1 name:${NODE}`);
  await expect(page.locator('tbody tr[data-key*="/"]')).toHaveCount(1);
  while (!(await page.locator('tbody tr:focus').count())) await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('tr:focus')).toHaveAttribute('data-key', nodeKey('dc1', NODE));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/nodes/dc1/${NODE}$`));
  const [instance] = world.instances('cart', 'dc1').filter(({ node }) => node === NODE);
  if (!instance) throw new Error(`The shop has no cart on ${NODE}.`);
  const row = page.locator(`tr[data-key="${instance.key}"]`);
  await row.getByRole('link', { name: instance.id, exact: true }).press('Enter');
  await expect(page).toHaveURL(new RegExp(`/instances/dc1/${NODE}/${instance.id}$`));
  await expect(page.locator('h1')).toHaveText(instance.id);
  await page.locator('header').getByRole('link', { name: 'cart', exact: true }).last().press('Enter');
  await expect(page).toHaveURL(/\/services\/dc1\/cart$/);
  await page.locator(`tr[data-key="${instance.key}"]`).getByRole('link', { name: NODE }).press('Enter');
  await expect(page).toHaveURL(new RegExp(`/nodes/dc1/${NODE}$`));
  await page.getByRole('link', { name: /^dc2/ }).press('Enter');
  await expect(page).toHaveURL(/\/nodes\?dc=dc2$/);
});

test('a node in maintenance comes first in the list and says why on its page, and both follow its return', async ({
  page,
  context,
  world,
}) => {
  const list = await context.newPage();
  await list.goto('/nodes');
  await page.goto(`/nodes/dc1/${OTHER}`);
  const head = page.locator('header[data-key]');
  const first = list.locator('tbody tr[data-key*="/"]').first();
  for (const one of [page, list]) await expect(one.locator('body')).toHaveAttribute('data-live', 'live');
  await world.setNodeMaintenance(OTHER, 'the <b>disk</b> is\u202e changed');
  try {
    await expect(first).toHaveAttribute('data-key', nodeKey('dc1', OTHER));
    await expect(first).toHaveAttribute('data-status', 'maintenance');
    await expect(head).toHaveAttribute('data-status', 'maintenance');
    const check = page.getByRole('region', { name: 'Checks of the node' }).locator('tbody tr').first();
    await expect(check).toHaveAttribute('data-status', 'maintenance');
    await expect(check).toContainText('the <b>disk</b> is⟨U+202E⟩ changed');
    await expect(page.locator('tr[data-status="maintenance"][data-key]').first()).toBeVisible();
  } finally {
    await world.setNodeMaintenance(OTHER, null);
  }
  await expect(head).toHaveAttribute('data-status', 'passing');
  await expect(list.locator(`tr[data-key="${nodeKey('dc1', OTHER)}"]`)).toHaveAttribute('data-status', 'passing');
  await list.close();
});

test('what changes on a node is seen on its page: an instance that fails, one that comes and goes, words of a check', async ({
  page,
  world,
}) => {
  const [instance] = world.instances('ledger', 'dc1');
  if (!instance) throw new Error('The shop has no ledger in dc1.');
  const { node } = instance;
  await page.goto(`/nodes/dc1/${node}`);
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  const row = page.locator(`tr[data-key="${instance.key}"]`);
  await world.flip(instance, 'critical', 'the books do not balance');
  await expect(row).toHaveAttribute('data-status', 'critical');
  await expect(row).toContainText('the books do not balance');
  await world.flip(instance, 'passing');
  await expect(row).toHaveAttribute('data-status', 'passing');

  const Check = { CheckID: 'guest-check', Name: 'pulse', TTL: '1h', Status: 'passing' };
  await world.register(node, { Name: 'guest', ID: 'guest-1', Check });
  const guest = page.locator(`tr[data-key="dc1/${node}/guest-1"]`);
  await expect(guest).toHaveAttribute('data-status', 'passing');
  await world.node(node).consul.put('/v1/agent/check/pass/guest-check?note=other%20words');
  await expect(guest).toContainText('other words');
  await world.deregister(node, 'guest-1');
  await expect(guest).toHaveCount(0);
});

test('an instance that goes while it is looked at is said to be gone, and shown again when it comes back', async ({
  page,
  world,
}) => {
  const definition = {
    ...{
      Name: 'brief-guest',
      ID: 'brief/1',
      Port: 4711,
      Tags: ['<i>tag</i>'],
      Meta: { version: '7.1.0', region: 'north' },
    },
    ...{ Weights: { Passing: 7, Warning: 3 } },
    Check: { CheckID: 'brief-check', Name: 'pulse', TTL: '1h', Status: 'warning', Notes: 'only a note' },
  };
  await world.register(NODE, definition);
  try {
    await page.goto(`/nodes/dc1/${NODE}`);
    await page.getByRole('link', { name: 'brief/1', exact: true }).click();
    const head = page.locator('header[data-key]');
    await expect(head).toHaveAttribute('data-key', `dc1/${NODE}/brief%2F1`);
    await expect(head).toHaveAttribute('data-status', 'warning');
    for (const words of ['brief-guest', NODE, ':4711', '7.1.0', '7 / 3', '<i>tag</i>', 'region=north']) {
      await expect(head).toContainText(words);
    }
    await expect(page.getByRole('region', { name: 'Checks' })).toContainText('only a note');
    await world.node(NODE).consul.put('/v1/agent/check/fail/brief-check?note=broken');
    await expect(head).toHaveAttribute('data-status', 'critical');
    await expect(page.getByRole('region', { name: 'Checks' })).toContainText('broken');
    await world.deregister(NODE, 'brief/1');
    await expect(page.getByText(/^brief\/1 is gone since \d\d:\d\d:\d\d/)).toBeVisible();
    await expect(head).toHaveAttribute('data-gone', 'true');
    await world.register(NODE, definition);
    await expect(page.getByText(/is gone since/)).toHaveCount(0);
    await expect(head).toHaveAttribute('data-status', 'warning');
  } finally {
    await world.deregister(NODE, 'brief/1');
  }
});

test('a node that is not there is a 404 that opens when it comes; one that leaves is said to be gone, with what was last seen', async ({
  page,
  world,
}) => {
  const consul = world.consul('dc1');
  const response = await page.goto(`/nodes/dc1/${EDGE}`);
  expect(response?.status()).toBe(404);
  await expect(page.getByText(`No node ${EDGE} in dc1`)).toBeVisible();
  await putInstance(consul, { node: EDGE, service: 'edge-service', id: 'edge-service-1' });
  await register(consul, EDGE, 'unchecked');
  await putNodeCheck(consul, EDGE, 'warning', 'little room');
  const head = page.locator('header[data-key]');
  await expect(head).toHaveAttribute('data-status', 'warning');
  const checks = page.getByRole('region', { name: 'Checks of the node' });
  await expect(checks).toContainText('little room');
  await expect(page.locator(`tr[data-key="dc1/${EDGE}/edge-service-1"]`)).toBeVisible();
  // An instance without a check of its own is what its node is, and the list says by which check.
  const unchecked = page.locator(`tr[data-key="dc1/${EDGE}/unchecked"]`);
  await expect(unchecked).toHaveAttribute('data-status', 'warning');
  await expect(unchecked).toContainText('little room');
  await putNodeCheck(consul, EDGE, 'passing', 'little room');
  await expect(unchecked).toHaveAttribute('data-status', 'passing');
  await expect(unchecked).toContainText('No check of its own');
  await removeInstance(consul, EDGE, 'edge-service-1');
  await removeNode(consul, EDGE);
  await expect(page.getByText(new RegExp(`^${EDGE} is gone since \\d\\d:\\d\\d:\\d\\d`))).toBeVisible();
  await expect(checks).toContainText('little room');
  await putInstance(consul, { node: EDGE, service: 'edge-service', id: 'edge-service-1' });
  await expect(page.getByText(/is gone since/)).toHaveCount(0);
  await removeNode(consul, EDGE);
});

test('the past of a node is a tab away, also of one that is not there; the tab is in the URL, and Back leaves it', async ({
  page,
}) => {
  for (const path of [`/nodes/dc1/${NODE}`, '/nodes/dc1/none', `/instances/dc1/${NODE}/none`]) {
    await page.goto(path);
    await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
    await page.getByRole('tab', { name: 'Now' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(page).toHaveURL(/[?&]tab=timeline/);
    await expect(page.getByRole('tabpanel', { name: 'Timeline' })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('tabpanel', { name: 'Now' })).toBeVisible();
  }
});

test('an instance that is not there is a 404 that leads to its node, and opens when it is registered', async ({
  page,
  world,
}) => {
  const response = await page.goto(`/instances/dc1/${NODE}/late-1`);
  expect(response?.status()).toBe(404);
  await expect(page.getByText(`No instance late-1 on ${NODE} in dc1`)).toBeVisible();
  await expect(page.locator(`main a[href$="/nodes/dc1/${NODE}"]`)).toBeVisible();
  await world.register(NODE, { Name: 'late', ID: 'late-1' });
  try {
    await expect(page.locator('header[data-key]')).toHaveAttribute('data-key', `dc1/${NODE}/late-1`);
  } finally {
    await world.deregister(NODE, 'late-1');
  }
});

test('of a datacenter out of sight a node is shown as it was last seen, with its age', async ({ page, world }) => {
  await page.goto('/nodes/dc3/dc3-client-1');
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  const head = page.locator('header[data-key]');
  world.freeze('dc3');
  try {
    await expect(head).toHaveAttribute('data-freshness', 'stale');
    await expect(head).toContainText(/stale: last contact \d+(\.\d)? s ago/);
    await expect(page.getByRole('region', { name: 'Instances here' })).toHaveAttribute('data-freshness', 'stale');
    await page.goto('/nodes?dc=dc3');
    await expect(page.locator('tr[data-key="dc3/dc3-client-1"]')).not.toHaveAttribute('data-freshness', 'live');
  } finally {
    world.thaw('dc3');
  }
  await expect(page.locator('tr[data-key="dc3/dc3-client-1"]')).toHaveAttribute('data-freshness', 'live');
});

const oddNames = ['a/b', '50% of', '%2F', '<b>支付</b>', 'n'.repeat(200)];

test('a node of any name opens from the list and by its address', async ({ page, world }) => {
  const consul = world.consul('dc1');
  for (const node of oddNames) await putInstance(consul, { node, service: 'odd', id: 'odd/1 %' });
  try {
    for (const name of oddNames) {
      await page.goto('/nodes?dc=dc1&view=flat&sort=since');
      await page.locator(`tr[data-key="${nodeKey('dc1', name)}"] a`).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
      await page.getByRole('link', { name: 'odd/1 %' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('odd/1 %');
      await page.goto(`/nodes/${nodeKey('dc1', name)}`);
      await expect(page.locator('header[data-key]')).toHaveAttribute('data-key', nodeKey('dc1', name));
    }
  } finally {
    for (const node of oddNames) await removeNode(consul, node);
  }
});

test('the head of the list stays where the rows scroll away under it', async ({ page, world }) => {
  const consul = world.consul('dc2');
  const many = Array.from({ length: 60 }, (_, n) => `many-${n}`);
  await Promise.all(many.map((node) => putInstance(consul, { node, service: 'many' })));
  try {
    await page.goto('/nodes?view=flat&sort=-node');
    await expect(page.getByText(`${many.length + 9} shown`)).toBeVisible();
    await page.locator('tbody tr').first().focus();
    await page.keyboard.press('End');
    await expect(page.locator('tbody tr:focus')).toBeInViewport();
    await expect(page.getByRole('columnheader', { name: 'Address' })).toBeInViewport();
  } finally {
    await Promise.all(many.map((node) => removeNode(consul, node)));
  }
});

test('the search leads to an instance by its node and service, which no page holds', async ({
  page,
  request,
  world,
}) => {
  const [instance] = world.instances('payment', 'dc2');
  if (!instance) throw new Error('The shop has no payment in dc2.');
  const params = { filter: 'service=payment dc:dc2', limit: 1 };
  const { total, instances }: FoundInstancesBody = await (await request.get('/api/v1/instances', { params })).json();
  expect([total, instances.map(({ service }) => service)]).toEqual([
    world.instances('payment', 'dc2').length,
    ['payment'],
  ]);
  await page.goto('/');
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type(`payment ${instance.node}`);
  const key = instanceKey('dc2', instance.node, instance.id);
  const found = page.locator(`[role="option"][data-key="${key}"]`);
  await expect(found).toContainText(instance.node);
  await expect(page.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.type(` ${instance.id}`);
  await expect(page.getByRole('option')).not.toHaveCount(0);
  await expect(found).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/instances/${key}$`));
});

test('the search leads to a node', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type('dc2-client-2');
  await expect(page.getByRole('option').first()).toHaveAttribute('data-key', nodeKey('dc2', 'dc2-client-2'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/nodes\/dc2\/dc2-client-2$/);
});
