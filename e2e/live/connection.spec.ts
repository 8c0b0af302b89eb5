import { expect, test } from '@/e2e/browser/fixtures';
import { serviceKey } from '@/lib/fleet/keys';
import { FaultyNetwork } from './faulty-network';
import { markPage, watchLive, withoutSharedWorkers } from './watched-page';

const key = serviceKey('dc1', 'cart');
/** Without a filter the list folds what is healthy. */
const LIST = '/services?filter=cart';
const row = `[data-key="${key}"]`;

test('a flip shows in two tabs without a reload, and again when it is over', async ({ page, context, world }) => {
  const other = await context.newPage();
  const unmarked: (() => Promise<boolean>)[] = [];
  for (const tab of [page, other]) {
    await tab.goto(LIST);
    await expect(tab.locator('body')).toHaveAttribute('data-live', 'live');
    await expect(tab.locator(row).first()).toHaveAttribute('data-status', 'passing');
    unmarked.push(await markPage(tab));
  }
  const [instance] = world.instances('cart', 'dc1');
  if (!instance) throw new Error('The shop has no cart in dc1.');
  for (const status of ['critical', 'passing'] as const) {
    await world.flip(instance, status);
    for (const tab of [page, other]) await expect(tab.locator(row).first()).toHaveAttribute('data-status', status);
  }
  for (const isSame of unmarked) expect(await isSame()).toBe(true);
  await other.close();
});

test('going from page to page keeps one stream, which resumes what the tab holds', async ({ page }) => {
  await withoutSharedWorkers(page);
  const { streams, phases } = await watchLive(page);
  await page.goto(LIST);
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  await page.locator(`${row} a`).first().click();
  await expect(page).toHaveURL(/services\/dc1\/cart/);
  await expect.poll(() => streams.at(-1)).toContain(`service:${key}@`);
  expect(streams[0]).toMatch(/^alerts fleet@\d+:\d+$/);
  expect(streams.at(-1)).toMatch(/^alerts@\d+:\d+ fleet@\d+:\d+ service:/);
  expect(await phases()).toEqual(['reconnecting', 'live']);
});

test.describe('on a network that fails', () => {
  let network: FaultyNetwork;
  let address: string;

  test.beforeEach(async ({ lictor }) => {
    network = new FaultyNetwork(Number(new URL(lictor.address).port));
    address = await network.open();
  });
  test.afterEach(() => network.close());

  test('a tab that nothing reaches says so after 3 s and 5 s, and is live again by itself with what it missed', async ({
    page,
    world,
  }) => {
    const { phases } = await watchLive(page);
    await page.goto(`${address}${LIST}`);
    await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
    const isSame = await markPage(page);
    const [instance] = world.instances('cart', 'dc1');
    if (!instance) throw new Error('The shop has no cart in dc1.');

    network.freeze();
    await world.flip(instance, 'critical');
    await expect(page.locator('body')).toHaveAttribute('data-live', 'stale');
    await expect(page.locator('[data-key="dc1"]').first()).toHaveAttribute('data-freshness', 'stale');
    expect((await phases()).slice(-3)).toEqual(['live', 'reconnecting', 'stale']);
    await expect(page.locator(row).first()).toHaveAttribute('data-status', 'passing');

    network.mend();
    await expect(page.locator(row).first()).toHaveAttribute('data-status', 'critical');
    await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
    await world.flip(instance, 'passing');
    await expect(page.locator(row).first()).toHaveAttribute('data-status', 'passing');
    expect(await isSame()).toBe(true);
  });

  test('a tab whose connection is refused goes on trying, in growing waits', async ({ page }) => {
    await withoutSharedWorkers(page);
    const { streams } = await watchLive(page);
    await page.goto(`${address}/`);
    await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
    network.cut();
    await expect(page.locator('body')).toHaveAttribute('data-live', 'stale');
    // Within the 5 s until it is stale the waits are 250, 500, 1,000, 2,000 and 4,000 ms at most, half of that as a rule.
    expect(streams.length).toBeGreaterThan(2);
    expect(streams.length).toBeLessThan(40);
    network.mend();
    await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  });
});

test('a browser that slept for an hour says stale at once, then is live by a stream of its own', async ({ page }) => {
  await withoutSharedWorkers(page);
  const { phases, streams } = await watchLive(page);
  await page.clock.install();
  await page.goto('/');
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  const before = streams.length;
  await page.clock.fastForward('01:00:00');
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  expect(await phases()).toEqual(['reconnecting', 'live', 'stale', 'live']);
  expect(streams.length).toBe(before + 1);
});
