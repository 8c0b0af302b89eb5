import { Ruled } from '@/e2e/alerts/ruled';
import { obstacles } from '@/e2e/browser/accessible';
import { expect, test } from '@/e2e/browser/fixtures';
import { putInstance, putNodeCheck, removeInstance } from '@/e2e/harness/catalog';

const RULES = `rules:
  - { alert: Down, when: few-healthy, least: 1, severity: critical }
  - { alert: InstanceCritical, when: instance-critical, severity: warning, for: 0s }
  - { alert: NodeCritical, when: node-critical, severity: critical }
`;
const NODE = 'gone-edge';
const OF_NODE = `NodeCritical:dc1/${NODE}`;
const OF_SERVICE = 'Down:dc1/parcel';

let ruled: Ruled;
test.beforeEach(async ({ lictor, world }) => {
  ruled = new Ruled(lictor.address);
  await ruled.by(RULES);
  const parcel = { node: NODE, service: 'parcel', id: 'parcel-1' };
  await putInstance(world.consul('dc1'), parcel);
  await putNodeCheck(world.consul('dc1'), NODE, 'critical', 'load 92');
  await ruled.state(OF_NODE, 'firing');
  await putInstance(world.consul('dc1'), { ...parcel, status: 'critical' });
  await ruled.state(OF_SERVICE, 'suppressed');
});
test.afterEach(async ({ world }) => {
  await removeInstance(world.consul('dc1'), NODE, 'parcel-1');
  await world.consul('dc1').put('/v1/catalog/deregister', { Node: NODE });
  await ruled.end();
});

test('an alert stands on every page of what it is about, and names its cause', async ({ page }) => {
  const strip = page.getByRole('region', { name: 'Alerts of what this page shows' });
  await page.goto(`/nodes/dc1/${NODE}`);
  await expect(strip.locator(`[data-key="${OF_NODE}"]`)).toHaveAttribute('data-alert-state', 'firing');
  await page.goto('/services/dc1/parcel');
  const ofService = strip.locator(`[data-key="${OF_SERVICE}"]`);
  await expect(ofService).toHaveAttribute('data-alert-state', 'suppressed');
  await expect(ofService).toContainText(`Cause: Node ${NODE} is critical`);
  expect(await obstacles(page)).toEqual([]);
  await page.goto(`/instances/dc1/${NODE}/parcel-1`);
  await expect(strip.locator(`[data-key="${OF_NODE}"]`)).toBeVisible();
  await strip
    .getByRole('link', { name: `Node ${NODE} is critical` })
    .first()
    .click();
  await expect(page).toHaveURL(/\/alerts\?alert=NodeCritical/);
});

test('the overview tells what fires, where and since when, and the search finds it', async ({ page }) => {
  await page.goto('/');
  const alerts = page.getByRole('region', { name: 'Alerts' });
  const line = alerts.locator(`[data-key="${OF_NODE}"]`);
  await expect(line).toContainText(`Node ${NODE} is critical`);
  await expect(line).toContainText('dc1');
  await expect(line).toContainText(/since \d\d:\d\d/);
  await expect(alerts.locator(`[data-key="${OF_SERVICE}"]`)).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'dc1' })).toContainText(/\d alerts? firing/);
  expect(await obstacles(page)).toEqual([]);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(`node ${NODE} critical`);
  await page.getByRole('option', { name: new RegExp(`Node ${NODE} is critical`) }).click();
  await expect(page.locator('article[data-alert-state]')).toHaveAttribute('data-key', OF_NODE);
});

test('the past shows no present alert', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator(`[data-key="${OF_NODE}"]`)).toBeVisible();
  await page.goto(`/?at=${new Date(Date.now() - 1_000).toISOString()}`);
  await expect(page.locator('[data-freshness="past"]').first()).toBeVisible();
  await expect(page.locator('[data-alert-state]')).toHaveCount(0);
});
