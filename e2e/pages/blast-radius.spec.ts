import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { expect, test } from '@/e2e/browser/fixtures';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const LOST = 'dc1-client-2';
const KEPT = 'dc1-client-1';

/** Three that call one another by what they declare; the last of them on the node that is lost. */
const chain = [
  { node: KEPT, definition: { Name: 'hall', ID: 'hall-1', Meta: { upstreams: 'desk' } } },
  { node: KEPT, definition: { Name: 'desk', ID: 'desk-1', Meta: { upstreams: 'vault' } } },
  { node: LOST, definition: { Name: 'vault', ID: 'vault-1' } },
];

const panel = (page: Page) => page.locator('article[data-key]');
const dependants = (page: Page, name: string) => page.getByRole('region', { name: `If ${name} stops` });
const drawn = (page: Page, key: string) => page.locator(`.react-flow__node button[data-key="${key}"]`);

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

test.beforeAll(async ({ world }) => {
  for (const { node, definition } of chain) await world.register(node, definition);
});

test.afterAll(async ({ world }) => {
  for (const { node, definition } of chain) await world.deregister(node, definition.ID);
});

test('a node is lost, and the panel says what that touches', async ({ page, world }) => {
  test.setTimeout(180_000);
  await page.goto('/topology?chosen=dc1%2Fvault');
  await expect(panel(page)).toHaveAttribute('data-status', 'passing');
  await expect(dependants(page, 'vault').locator('li[data-key]')).toHaveCount(2);
  await world.loseNode(LOST);
  try {
    await expect(panel(page)).toHaveAttribute('data-status', 'critical', { timeout: 60_000 });
    await expect(drawn(page, 'dc1/vault')).toHaveAttribute('data-status', 'critical');
    const reached = dependants(page, 'vault');
    await expect(reached).toContainText('2 services, 1 datacenter');
    await expect(reached).toContainText('Nothing is configured to stand in for it.');
    await expect(reached.locator('li[data-key="dc1/desk"]')).toContainText('calls it');
    await expect(reached.locator('li[data-key="dc1/hall"]')).toContainText('2 hops');
    await reached.getByRole('button', { name: 'dc1/hall' }).click();
    await expect(panel(page)).toHaveAttribute('data-key', 'dc1/hall');
    const needs = page.getByRole('region', { name: 'Needs' });
    await expect(needs.locator('li').first()).toHaveAttribute('data-key', 'dc1/vault');
    await page.goBack();
    await expect(panel(page)).toHaveAttribute('data-key', 'dc1/vault');
  } finally {
    await world.returnNode(LOST);
  }
  await expect(panel(page)).toHaveAttribute('data-status', 'passing', { timeout: 60_000 });
  await world.allPassing();
});

test('a call leads to what says it, and the service page shows the same one hop each way', async ({ page }) => {
  await page.goto('/topology?chosen=dc1%2Fvault');
  await dependants(page, 'vault').getByRole('button', { name: 'calls it' }).click();
  await expect(page).toHaveURL(/chosen=dc1%2Fdesk%3Edc1%2Fvault|chosen=dc1\/desk%3Edc1\/vault/);
  await expect(page.getByRole('region', { name: 'What says so' })).toContainText('metadata upstreams');
  await page.goto('/services/dc1/vault?tab=dependencies');
  const callers = page.getByRole('table', { name: 'Called by' });
  await expect(callers).toContainText('dc1/desk');
  await callers.getByRole('link', { name: 'dc1/desk' }).click();
  await expect(page).toHaveURL(/\/services\/dc1\/desk/);
});

test('what is found, hidden, listed and drilled is in the address, and has no fault that axe finds', async ({
  page,
}) => {
  await page.goto('/topology');
  await expect(drawn(page, 'dc1/vault')).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Find in the topology' })).toBeFocused();
  await page.keyboard.type('calls:vault');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 found')).toBeVisible();
  await expect(page).toHaveURL(/find=calls/);
  await page.getByRole('combobox', { name: 'Hide from the topology' }).fill('dc:dc2');
  await expect(page.getByText(/\d+ hidden/)).toBeVisible();
  await expect(page.locator('button[data-key^="dc2/"]')).toHaveCount(0);
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await expect(page.locator('tr[data-key="dc1/desk"]')).toBeVisible();
  await expect(page.locator('tr[data-key="dc1/hall"]')).toHaveCount(0);
  await page.locator('tr[data-key="dc1/desk"] button').click();
  await expect(panel(page)).toHaveAttribute('data-key', 'dc1/desk');
  expect(await violations(page)).toEqual([]);
  await page.goto('/topology?lost=dc1&view=table&rows=failover');
  await expect(page.getByRole('article', { name: 'If dc1 is lost' })).toBeVisible();
  const lost = page.getByRole('region', { name: /are lost with it/ });
  await lost.getByRole('button', { name: /more$/ }).click();
  await expect(lost.locator('li[data-key="dc1/vault"]')).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('the picture and what it is drawn from can be taken away as files', async ({ page }) => {
  await page.goto('/topology');
  await expect(drawn(page, 'dc1/vault')).toBeVisible();
  const saved = async (item: string) => {
    await page.getByRole('button', { name: 'Export' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: item }).click(),
    ]);
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
  };
  const picture = await saved('Picture (SVG)');
  expect(picture.name).toMatch(/^lictor-topology-.*\.svg$/);
  expect(picture.text).toContain('vault');
  expect(picture.text).not.toMatch(/<script|NaN/);
  const { nodes } = JSON.parse((await saved('All of it (JSON)')).text) as { nodes: { key: string }[] };
  expect(nodes.some(({ key }) => key === 'dc1/vault')).toBe(true);
});

test('on a phone the panel stands below the picture', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/topology?chosen=dc1%2Fvault');
  await expect(panel(page)).toBeVisible();
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
});
