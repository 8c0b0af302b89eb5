import { expect, test } from '@/e2e/browser/fixtures';
import { serviceKey } from '@/lib/fleet/keys';
import { LictorProxy, type StreamAnswer } from './lictor-proxy';
import { markPage } from './watched-page';

const key = serviceKey('dc1', 'cart');
const row = `[data-key="${key}"]`;

/** What a proxy before Lictor does to the stream alone; pages and API pass. */
const SPOILED: Readonly<Record<string, StreamAnswer>> = {
  'answers the stream with a page of its own': (_topics, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html><body>Please sign in</body></html>');
  },
  'holds the stream back until it ends': (_topics, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
  },
};

for (const [does, answer] of Object.entries(SPOILED)) {
  test(`where a proxy ${does} the page says that nothing arrives, and is live by itself once it does`, async ({
    page,
    request,
    lictor,
    world,
  }) => {
    const [instance] = world.instances('cart', 'dc1');
    if (!instance) throw new Error('The shop has no cart in dc1.');
    // A page whose stream is spoiled shows what its first HTML had: the flip of the test before must be over in it.
    const read = async () =>
      (await (await request.get(`${lictor.address}/api/v1/services/${key}`)).json()).service.status;
    await expect.poll(read).toBe('passing');
    const proxy = new LictorProxy(lictor.address, answer);
    const address = await proxy.open();
    try {
      await page.goto(`${address}/services?q=cart`);
      await expect(page.locator(row).first()).toHaveAttribute('data-status', 'passing');
      const isSame = await markPage(page);
      await expect(page.locator('body')).toHaveAttribute('data-live', 'stale');
      await expect(page.getByRole('status').filter({ hasText: 'live stream does not answer' })).toBeVisible();
      await expect(page.locator('[data-key="dc1"]').first()).toHaveAttribute('data-freshness', 'stale');
      await world.flip(instance, 'critical');
      const tries = proxy.streams.length;
      await expect.poll(() => proxy.streams.length).toBeGreaterThan(tries);
      await expect(page.locator(row).first()).toHaveAttribute('data-status', 'passing');

      proxy.answerStream = null;
      await expect(page.locator(row).first()).toHaveAttribute('data-status', 'critical');
      await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
      await expect(page.locator('[data-key="dc1"]').first()).toHaveAttribute('data-freshness', 'live');
      expect(await isSame()).toBe(true);
    } finally {
      await page.goto('about:blank');
      await proxy.close();
      await world.flip(instance, 'passing');
    }
  });
}
