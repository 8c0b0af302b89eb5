import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '@/e2e/browser/fixtures';
import { serviceKey } from '@/lib/fleet/keys';
import { LictorProxy } from './lictor-proxy';
import { watchLive, withoutSharedWorkers } from './watched-page';

const key = serviceKey('dc1', 'cart');
const LIST = '/services?filter=cart';
const row = `[data-key="${key}"]`;
/** Pages bring the fleet, but no alerts: the header counts them from the first snapshot on. */
const FLEET = /^fleet@\d+:\d+$/;
const ALERTS = 'alerts';
const KNOWN_ALERTS = /^alerts@\d+:\d+$/;

let proxy: LictorProxy;
let address: string;

test.beforeEach(async ({ lictor }) => {
  proxy = new LictorProxy(lictor.address);
  address = await proxy.open();
});
test.afterEach(() => proxy.close());

interface Tab {
  page: Page;
  phases: () => Promise<string[]>;
}

/** Opens a tab that is live and shows the cart. The first one makes the worker, and its process is the worker's. */
async function openTab(context: BrowserContext, prepare = async (_: Page) => {}): Promise<Tab> {
  const page = await context.newPage();
  await prepare(page);
  const { phases } = await watchLive(page);
  await page.goto(`${address}${LIST}`);
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  await expect(page.locator(row).first()).toHaveAttribute('data-status', 'passing');
  return { page, phases };
}

const openTabs = async (context: BrowserContext, count: number): Promise<[Tab, Tab, ...Tab[]]> => {
  const tabs = [await openTab(context), await openTab(context)] as [Tab, Tab, ...Tab[]];
  while (tabs.length < count) tabs.push(await openTab(context));
  return tabs;
};

const clientsOf = async (lictor: { address: string }): Promise<number> => {
  const system = (await (await fetch(`${lictor.address}/api/v1/system`)).json()) as { stream: { clients: number } };
  return system.stream.clients;
};

test.describe('tabs of one browser', () => {
  test.beforeEach(async ({ lictor }) => {
    await expect.poll(() => clientsOf(lictor)).toBe(0);
  });

  test('share one stream, which asks for no snapshot of what the page brought; a tab more asks the server for none', async ({
    context,
    lictor,
    world,
  }) => {
    const tabs = await openTabs(context, 3);
    expect(proxy.streams).toEqual([[ALERTS, expect.stringMatching(FLEET)]]);
    expect(await clientsOf(lictor)).toBe(1);
    const [instance] = world.instances('cart', 'dc1');
    if (!instance) throw new Error('The shop has no cart in dc1.');
    for (const status of ['critical', 'passing'] as const) {
      await world.flip(instance, status);
      for (const { page } of tabs) await expect(page.locator(row).first()).toHaveAttribute('data-status', status);
    }
    expect(proxy.streams).toHaveLength(1);
    for (const { phases } of tabs) expect(await phases()).toEqual(['reconnecting', 'live']);
  });

  test('add the topics of each to the one stream, and let them go with it', async ({ context }) => {
    const [first, second] = await openTabs(context, 2);
    await first.page.locator(`${row} a`).first().click();
    await expect
      .poll(() => proxy.streams.at(-1))
      .toEqual([
        expect.stringMatching(KNOWN_ALERTS),
        expect.stringMatching(FLEET),
        expect.stringMatching(/^service:dc1\/cart@/),
        expect.stringMatching(/^splits/),
      ]);
    await expect.poll(() => proxy.openStreams).toBe(1);
    const asked = proxy.streams.length;
    await second.page.locator(`${row} a`).first().click();
    await expect(second.page).toHaveURL(/services\/dc1\/cart/);
    await expect(second.page.locator('body')).toHaveAttribute('data-live', 'live');
    expect(proxy.streams).toHaveLength(asked);
  });

  test('outlive the one that opened the stream, when it is closed', async ({ context, lictor, world }) => {
    const [first, second] = await openTabs(context, 2);
    await first.page.close();
    const [instance] = world.instances('cart', 'dc1');
    if (!instance) throw new Error('The shop has no cart in dc1.');
    for (const status of ['critical', 'passing'] as const) {
      await world.flip(instance, status);
      await expect(second.page.locator(row).first()).toHaveAttribute('data-status', status);
    }
    expect(await clientsOf(lictor)).toBe(1);
    expect(await second.phases()).not.toContain('stale');
  });

  test('outlive the one that opened the stream, when it is frozen; thawed, it has what it missed', async ({
    context,
    lictor,
    world,
  }) => {
    const [first, second] = await openTabs(context, 2);
    const session = await context.newCDPSession(first.page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    const [instance] = world.instances('cart', 'dc1');
    if (!instance) throw new Error('The shop has no cart in dc1.');
    await world.flip(instance, 'critical');
    await expect(second.page.locator(row).first()).toHaveAttribute('data-status', 'critical');
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await expect(first.page.locator(row).first()).toHaveAttribute('data-status', 'critical');
    await world.flip(instance, 'passing');
    for (const { page } of [first, second])
      await expect(page.locator(row).first()).toHaveAttribute('data-status', 'passing');
    await expect.poll(() => clientsOf(lictor)).toBe(1);
    expect(await second.phases()).not.toContain('stale');
  });

  test('outlive the one that opened the stream, when it crashes: the others meet at a new one, which resumes', async ({
    context,
    lictor,
    world,
  }) => {
    const [first, ...others] = await openTabs(context, 3);
    const crashed = first.page.waitForEvent('crash');
    const session = await context.newCDPSession(first.page);
    // Nobody is left to answer it.
    session.send('Page.crash').catch(() => {});
    await crashed;
    const [instance] = world.instances('cart', 'dc1');
    if (!instance) throw new Error('The shop has no cart in dc1.');
    for (const status of ['critical', 'passing'] as const) {
      await world.flip(instance, status);
      for (const { page } of others) await expect(page.locator(row).first()).toHaveAttribute('data-status', status);
    }
    expect(proxy.streams).toEqual([
      [ALERTS, expect.stringMatching(FLEET)],
      [expect.stringMatching(KNOWN_ALERTS), expect.stringMatching(FLEET)],
    ]);
    expect(await clientsOf(lictor)).toBe(1);
    for (const { phases } of others) expect(await phases()).not.toContain('stale');
    await openTab(context);
    expect(proxy.streams).toHaveLength(2);
  });
});

test.describe('a tab that gets no worker', () => {
  test('because the browser has none: opens a stream of its own', async ({ context }) => {
    for (let n = 0; n < 2; n += 1) await openTab(context, withoutSharedWorkers);
    expect(proxy.openStreams).toBe(2);
  });

  test('because a content policy forbids it: opens a stream of its own', async ({ context }) => {
    const forbid = async (page: Page) => {
      await page.route(`${address}/services**`, async (route) => {
        // Only the page itself bears the policy that counts; Next's own prefetches of it may be aborted on the way.
        if (route.request().resourceType() !== 'document') return route.fallback();
        const response = await route.fetch();
        const policy = response.headers()['content-security-policy']?.replace("worker-src 'self'", "worker-src 'none'");
        await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy ?? '' } });
      });
    };
    for (let n = 0; n < 2; n += 1) await openTab(context, forbid);
    expect(proxy.openStreams).toBe(2);
  });

  test('because its script is not there: opens a stream of its own', async ({ context }) => {
    const lose = (page: Page) => page.context().route(/turbopack-worker/, (route) => route.fulfill({ status: 404 }));
    for (let n = 0; n < 2; n += 1) await openTab(context, async (page) => void (await lose(page)));
    expect(proxy.openStreams).toBe(2);
  });
});
