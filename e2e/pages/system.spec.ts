import { expect, test } from '@/e2e/browser/fixtures';

test('the first HTML holds every Consul server, its quorum and what Lictor costs, before any script runs', async ({
  browser,
  lictor,
  world,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  // Without scripts a page stays as it was rendered, and Lictor may just have begun to look.
  await expect(async () => {
    await page.goto(`${lictor.address}/system`);
    const healthy = page.getByText('Quorum kept: 1 of 1 voters reachable, 1 needed');
    await expect(healthy).toHaveCount(world.datacenters.length, { timeout: 1_000 });
    await expect(page.getByText('healthy', { exact: true })).toHaveCount(world.datacenters.length, { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expect(page.locator('h1')).toHaveText('Consul has its quorum in 3 datacenters');
  for (const { name } of world.datacenters) {
    const panel = page.locator(`section[data-key="${name}"]`);
    await expect(panel).toHaveAttribute('data-freshness', 'live');
    const server = panel.locator(`tr[data-key="${name}/${name}-server-1"]`);
    await expect(server).toHaveAttribute('data-status', 'passing');
    await expect(server).toContainText('leader');
    await expect(panel).toContainText('/v1/operator/autopilot/health');
    await expect(panel).toContainText(/each watched exactly/);
  }
  await expect(page.getByRole('region', { name: 'Connections to Consul' })).toContainText(/\d+ of 500/);
  await expect(page.getByRole('region', { name: 'Lictor' })).toContainText('0.1.0');
  await context.close();
});

test('it is found from any page, shows the chosen datacenter alone, and its ages count on', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'System' }).click();
  await expect(page).toHaveURL(/\/system$/);
  await expect(page).toHaveTitle(/^System · Consul has its quorum/);
  await page.getByRole('button', { name: /^dc2/ }).click();
  await expect(page).toHaveURL(/\/system\?dc=dc2$/);
  await expect(page.locator('h1')).toHaveText('Consul has its quorum in dc2');
  await expect(page.locator('section[data-key]')).toHaveCount(1);
  const age = page.locator('section[data-key="dc2"] li time').last();
  const seen = new Set<string>();
  await expect(async () => {
    seen.add((await age.textContent()) ?? '');
    expect(seen.size).toBeGreaterThan(2);
  }).toPass({ timeout: 30_000 });
});

test('a node that fails is counted and named among the members, live, and so is its return', async ({
  page,
  world,
}) => {
  test.setTimeout(180_000);
  await page.goto('/system');
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  const panel = page.locator('section[data-key="dc1"]');
  await expect(panel).toContainText('3 alive');
  await world.loseNode('dc1-client-2');
  try {
    await expect(panel).toContainText('1 failed', { timeout: 60_000 });
    await expect(panel).toContainText('dc1-client-2 failed');
  } finally {
    await world.returnNode('dc1-client-2');
  }
  await expect(panel).toContainText('3 alive', { timeout: 60_000 });
  await expect(panel).not.toContainText('failed');
  await world.allPassing();
});
