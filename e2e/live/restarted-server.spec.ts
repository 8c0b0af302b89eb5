import { expect, test } from '@/e2e/browser/fixtures';
import { freePort } from '@/e2e/browser/free-port';
import { LictorProcess } from '@/scripts/demo/lictor-process';
import { markPage } from './watched-page';

test('a tab follows Lictor over a restart, without a reload', async ({ page, world }) => {
  const [first] = world.datacenters;
  if (!first) throw new Error('The world has no datacenter.');
  const port = await freePort();
  const start = async () => {
    const lictor = new LictorProcess(port, { CONSUL_HTTP_ADDR: first.serverHttp });
    await lictor.ready();
    return lictor;
  };
  let lictor = await start();
  try {
    await page.goto(`${lictor.address}/services?filter=cart`);
    const cart = page.locator('[data-key="dc1/cart"]').first();
    await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
    const isSame = await markPage(page);
    const [instance] = world.instances('cart', 'dc1');
    if (!instance) throw new Error('The shop has no cart in dc1.');

    await lictor.stop();
    await world.flip(instance, 'critical');
    await expect(page.locator('body')).not.toHaveAttribute('data-live', 'live');
    lictor = await start();
    await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
    await expect(cart).toHaveAttribute('data-status', 'critical');
    await world.flip(instance, 'passing');
    await expect(cart).toHaveAttribute('data-status', 'passing');
    expect(await isSame()).toBe(true);
  } finally {
    await lictor.stop();
  }
});
