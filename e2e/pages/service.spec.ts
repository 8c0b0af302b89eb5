import { expect, test } from '@/e2e/browser/fixtures';
import { serviceKey } from '@/lib/fleet/keys';

const NODE = 'dc1-client-1';

test('every instance is shown with its checks, versions, tags, metadata and weights as Consul has them', async ({
  page,
  world,
}) => {
  await world.register(NODE, {
    Name: 'odd-one',
    ID: 'odd-1',
    Address: '10.9.8.7',
    Port: 4711,
    Tags: ['blue', '<i>tag</i>'],
    Meta: { version: '7.1.0', region: 'north' },
    Weights: { Passing: 7, Warning: 3 },
    Check: { CheckID: 'odd-check', Name: 'pulse', TTL: '1h', Status: 'warning', Notes: 'only a note' },
  });
  try {
    await page.goto('/services/dc1/odd-one');
    const row = page.locator('tr[data-key]');
    await expect(row).toHaveCount(1);
    await expect(row).toHaveAttribute('data-key', `dc1/${NODE}/odd-1`);
    await expect(row).toHaveAttribute('data-status', 'warning');
    for (const words of [
      'odd-1',
      NODE,
      '10.9.8.7:4711',
      '7.1.0',
      '7 / 3',
      'blue',
      '<i>tag</i>',
      'region=north',
      'pulse',
    ]) {
      await expect(row).toContainText(words);
    }
    await expect(row).toContainText('Serf Health Status');
    await expect(page.locator('header[data-key]')).toHaveAttribute('data-status', 'warning');
  } finally {
    await world.deregister(NODE, 'odd-1');
  }
});

test('an output of many lines is one line that opens, and stays text whatever it is', async ({ page, world }) => {
  const [instance] = world.instances('mail', 'dc1');
  if (!instance) throw new Error('The shop has no mail in dc1.');
  await world.flip(instance, 'critical', 'first\n<img src=x onerror=alert(1)>\n\u001b[2Jlast\u202e');
  try {
    await page.goto('/services/dc1/mail');
    const row = page.locator(`tr[data-key="${instance.key}"]`);
    await expect(row).toHaveAttribute('data-status', 'critical');
    await expect(row.locator('pre')).toHaveCount(0);
    await row.getByRole('button', { name: 'Show all of the output' }).click();
    await expect(row.locator('pre')).toContainText('<img src=x onerror=alert(1)>');
    await expect(row.locator('pre')).toContainText('␛[2Jlast⟨U+202E⟩');
    await expect(page.locator('main img')).toHaveCount(0);
  } finally {
    await world.flip(instance, 'passing');
  }
  await expect(page.locator('header[data-key]')).toHaveAttribute('data-status', 'passing');
});

test('a service that goes while it is looked at is said to be gone, and shown again when it comes back', async ({
  page,
  world,
}) => {
  const definition = { Name: 'brief', ID: 'brief-1' };
  await world.register(NODE, definition);
  await page.goto('/services');
  await page.locator(`tr[data-key="${serviceKey('dc1', 'brief')}"] a`).click();
  await expect(page.locator('tr[data-key]')).toHaveCount(1);
  await world.deregister(NODE, 'brief-1');
  await expect(page.getByText(/^brief is gone since \d\d:\d\d:\d\d/)).toBeVisible();
  await world.register(NODE, definition);
  await expect(page.getByText(/is gone since/)).toHaveCount(0);
  await expect(page.locator('header[data-key]')).toHaveAttribute('data-status', 'passing');
  await world.deregister(NODE, 'brief-1');
});

test('an unknown service is a 404 that knows where else its name is, and opens when it is registered', async ({
  page,
  world,
}) => {
  const response = await page.goto('/services/dc3/payment');
  expect(response?.status()).toBe(404);
  await expect(page.getByText('No service payment in dc3')).toBeVisible();
  await expect(page.locator('main a[href$="/services/dc1/payment"]')).toBeVisible();
  await world.register('dc3-client-1', { Name: 'payment', ID: 'late' });
  try {
    await expect(page.locator('tr[data-key]')).toHaveCount(1);
  } finally {
    await world.deregister('dc3-client-1', 'late');
  }
  await expect(page.getByText(/^payment is gone since/)).toBeVisible();
});

test('the same service elsewhere is a switch away', async ({ page }) => {
  await page.goto('/services/dc1/cart');
  const elsewhere = page.getByRole('navigation', { name: 'The same service in other datacenters' });
  await expect(elsewhere.getByRole('link')).toHaveCount(3);
  await elsewhere.getByRole('link', { name: /^dc2/ }).click();
  await expect(page).toHaveURL(/\/services\/dc2\/cart$/);
  await expect(page.locator('tr[data-key^="dc2/"]')).toHaveCount(2);
});

const oddNames = [
  'a/b',
  'with space',
  '50%',
  '%2F',
  'what?dc=dc9',
  'anchor#x',
  '支付服务',
  '<b>bold</b>',
  'n'.repeat(200),
];

test('a service of any name opens from the list, by its address, and without a reload', async ({ page, world }) => {
  for (const [n, Name] of oddNames.entries()) await world.register(NODE, { Name, ID: `odd-name-${n}` });
  try {
    for (const name of oddNames) {
      const key = serviceKey('dc1', name);
      await page.goto('/services?dc=dc1&view=flat&sort=since');
      await page.locator(`tr[data-key="${key}"] a`).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
      await expect(page.locator('tr[data-key]')).toHaveCount(1);
      await page.goto(`/services/${key}`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
      await expect(page.locator('header[data-key]')).toHaveAttribute('data-key', key);
    }
  } finally {
    for (const n of oddNames.keys()) await world.deregister(NODE, `odd-name-${n}`);
  }
});
