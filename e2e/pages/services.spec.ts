import { expect, test } from '@/e2e/browser/fixtures';
import { serviceKey } from '@/lib/fleet/keys';

const names = (rows: string[]) => rows.map((key) => decodeURIComponent(key.split('/')[1] ?? ''));

test('the list is usable by keyboard alone: filter, move, open, come back', async ({ page }) => {
  await page.goto('/services');
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  await page.keyboard.press('/');
  await page.keyboard.type('database');
  await expect(page).toHaveURL(/[?&]filter=database/);
  await expect(page.locator('tr[data-key*="/"]')).toHaveCount(3);

  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  const head = page.locator('thead button').first();
  while (!(await page.locator('tbody tr:focus').count())) await page.keyboard.press('Tab');
  await expect(head).toBeVisible();
  await expect(page.locator('tr:focus')).toHaveAttribute('data-key', 'dc1');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('tr:focus')).toHaveAttribute('data-key', serviceKey('dc1', 'database'));
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('tr:focus')).toHaveAttribute('data-key', 'dc1');
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('tr:focus')).toHaveAttribute('aria-expanded', 'false');
  await expect(page.locator(`tr[data-key="${serviceKey('dc1', 'database')}"]`)).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  await expect(page.locator('tr:focus')).toHaveAttribute('data-key', serviceKey('dc3', 'database'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/services\/dc3\/database$/);
  await page.goBack();
  await expect(page.getByRole('combobox')).toHaveValue('database');
});

test('the order is in the URL, a link shows the same, and Back undoes it', async ({ page }) => {
  await page.goto('/services?view=flat');
  await page.getByRole('button', { name: 'Service', exact: true }).click();
  await expect(page).toHaveURL(/sort=service/);
  await page.getByRole('button', { name: 'Service', exact: true }).click();
  await expect(page).toHaveURL(/sort=-service/);
  await expect(page.getByRole('columnheader', { name: 'Service' })).toHaveAttribute('aria-sort', 'descending');
  const keys = () => page.locator('tr[data-key*="/"]').evaluateAll((rows) => rows.map((row) => row.dataset.key ?? ''));
  // What is painted first is as much as any window shows; all of it is there on the server too.
  const descending = names(await keys()).slice(0, 24);
  expect(descending).toEqual([...descending].sort().reverse());
  await page.reload();
  expect(names(await keys()).slice(0, 24)).toEqual(descending);
  await page.goBack();
  await expect(page.getByRole('columnheader', { name: 'Service' })).toHaveAttribute('aria-sort', 'ascending');
});

test('rows keep their places while somebody points at them, and the new order is offered', async ({ page, world }) => {
  await page.goto('/services?dc=dc1&view=flat');
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  const keys = () => page.locator('tr[data-key*="/"]').evaluateAll((rows) => rows.map((row) => row.dataset.key ?? ''));
  const key = serviceKey('dc1', 'users');
  const before = await keys();
  expect(before[0]).not.toBe(key);
  const [instance] = world.instances('users', 'dc1');
  if (!instance) throw new Error('The shop has no users in dc1.');

  await page.locator('tr[data-key*="/"]').nth(2).hover();
  await world.flip(instance, 'critical');
  await expect(page.locator(`tr[data-key="${key}"]`)).toHaveAttribute('data-status', 'critical');
  expect(await keys()).toEqual(before);
  await page.getByRole('button', { name: /Order changed/ }).click();
  await expect.poll(async () => (await keys())[0]).toBe(key);

  await world.flip(instance, 'passing');
  await expect(page.locator(`tr[data-key="${key}"]`)).toHaveAttribute('data-status', 'passing');
  expect((await keys())[0]).toBe(key);
  await page.mouse.move(0, 0);
  await expect.poll(keys).toEqual(before);
});

test('a filter that matches nothing says so, and a datacenter that does not exist is no empty list', async ({
  page,
}) => {
  await page.goto('/services?filter=no-such-thing');
  await expect(page.getByText('No service matches the filter')).toBeVisible();
  await page.goto('/services?dc=dc9');
  await expect(page.getByText('No datacenter is called dc9')).toBeVisible();
});

test('a reader who has scrolled before the page is alive stays there', async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/_next\/static\/.*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/services?view=flat&sort=service', { waitUntil: 'commit' });
  await expect(page.locator('tbody tr').nth(30)).toBeAttached();
  await page.mouse.wheel(0, 400);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(400);
  release();
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  expect(await page.evaluate(() => window.scrollY)).toBe(400);
  await expect(page.locator('tbody tr').nth(20)).toBeInViewport();
});

test('only the rows on the screen exist, however long the list is, and the end of it can be reached', async ({
  page,
  world,
}) => {
  const many = Array.from({ length: 120 }, (_, n) => `many-${String(n).padStart(3, '0')}`);
  for (const Name of many) await world.register('dc2-client-1', { Name });
  try {
    await page.goto('/services?filter=many-');
    await expect(page.getByText('120 shown')).toBeVisible();
    expect(await page.locator('tbody tr').count()).toBeLessThan(100);
    await page.locator('tbody tr').first().focus();
    await page.keyboard.press('End');
    const last = page.locator(`tr[data-key="${serviceKey('dc2', 'many-119')}"]`);
    await expect(last).toBeFocused();
    await expect(last).toBeInViewport();
  } finally {
    for (const Name of many) await world.deregister('dc2-client-1', Name);
  }
});
