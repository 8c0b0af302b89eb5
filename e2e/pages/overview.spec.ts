import { expect, test } from '@/e2e/browser/fixtures';
import { serviceKey } from '@/lib/fleet/keys';

const wrongRow = (key: string) => `main li[data-key="${key}"]`;

test('the first HTML holds the verdict and the datacenters, before any script runs', async ({
  browser,
  lictor,
  world,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(lictor.address);
  await expect(page.locator('h1')).toHaveText(/^All \d+ services passing in 3 datacenters$/);
  for (const { name } of world.datacenters) {
    const card = page.locator(`section[data-key="${name}"]`);
    await expect(card).toHaveAttribute('data-freshness', 'live');
    await expect(card).toContainText(/\d+ services · \d+ instances · 3 nodes/);
  }
  await context.close();
});

test('a failure is named in the verdict, listed with the words of its check, and noted as a change; so is its end', async ({
  page,
  world,
}) => {
  await page.goto('/');
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  const [instance] = world.instances('ledger', 'dc1');
  if (!instance) throw new Error('The shop has no ledger in dc1.');
  const row = page.locator(wrongRow(serviceKey('dc1', 'ledger')));
  const changes = page.getByRole('region', { name: 'Changes' });
  await expect(row).toHaveCount(0);

  await world.flip(instance, 'critical', 'the books <script>do not</script> \u001b[31mbalance');
  await expect(page.locator('h1')).toHaveText(/^ledger critical in dc1 since \d\d:\d\d$/);
  await expect(page).toHaveTitle(/ledger critical in dc1/);
  await expect(row).toHaveAttribute('data-status', 'critical');
  await expect(row).toContainText('1 of 2 critical');
  await expect(row).toContainText('the books <script>do not</script> ␛[31mbalance');
  await expect(changes.getByRole('listitem').first()).toContainText('ledger');

  await world.flip(instance, 'passing');
  await expect(page.locator('h1')).toHaveText(/^All \d+ services passing/);
  await expect(row).toHaveCount(0);
  await expect(changes.getByRole('listitem')).toHaveCount(2);
});

test('the chosen datacenter is in the URL, narrows the page, and goes along to the list', async ({ page, world }) => {
  await page.goto('/');
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  await page.getByRole('button', { name: /^dc2/ }).click();
  await expect(page).toHaveURL(/\?dc=dc2$/);
  await expect(page.locator('section[data-key]')).toHaveCount(1);
  await expect(page.locator('h1')).toHaveText(/passing in dc2$/);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Services' }).click();
  await expect(page).toHaveURL(/\/services\?dc=dc2$/);
  const [dc2] = await Promise.all([world.consul('dc2').get<Record<string, string[]>>('/v1/catalog/services')]);
  await expect(page.locator('tr[data-key^="dc2/"]')).toHaveCount(Object.keys(dc2).length);
  await expect(page.locator('tr[data-key^="dc1/"]')).toHaveCount(0);
  await page.goBack();
  await page.goBack();
  await expect(page.locator('section[data-key]')).toHaveCount(3);
});

test('a datacenter whose server freezes is hatched, its age counts on, and the verdict no longer vouches for it', async ({
  page,
  world,
}) => {
  await page.goto('/');
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  const card = page.locator('section[data-key="dc3"]');
  world.freeze('dc3');
  try {
    await expect(card).toHaveAttribute('data-freshness', 'stale');
    await expect(card).toContainText(/stale: last contact \d+(\.\d)? s ago/);
    await expect(page.locator('h1')).toHaveText(/passing in 2 datacenters; dc3 not in sight$/);
  } finally {
    world.thaw('dc3');
  }
  await expect(card).toHaveAttribute('data-freshness', 'live');
  await expect(page.locator('h1')).toHaveText(/passing in 3 datacenters$/);
});
