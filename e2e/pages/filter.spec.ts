import type { Page } from '@playwright/test';
import { expect, test } from '@/e2e/browser/fixtures';
import { serviceKey } from '@/lib/fleet/keys';
import type { FleetBody } from '@/lib/fleet/model';

const input = (page: Page) => page.getByRole('combobox');
const rowKeys = (page: Page) =>
  page.locator('tr[data-key*="/"]').evaluateAll((rows) => rows.map((row) => row.dataset.key ?? '').sort());
const open = async (page: Page, filter: string) => {
  await page.goto(`/services?${new URLSearchParams({ filter })}`);
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
};

test('the list shows what the API answers to the same filter, and follows the world', async ({
  page,
  request,
  world,
}) => {
  const filter = 'dc:dc2 (name~cart* or database) not status:critical';
  const { datacenters }: FleetBody = await (await request.get('/api/v1/fleet', { params: { filter } })).json();
  expect(datacenters.map(({ name }) => name)).toEqual(['dc1', 'dc2', 'dc3']);
  const keys = datacenters.flatMap(({ services }) => services.map(({ key }) => key)).sort();
  expect(keys).toContain(serviceKey('dc2', 'cart'));
  expect(keys).toContain(serviceKey('dc2', 'database'));
  await open(page, filter);
  await expect.poll(() => rowKeys(page)).toEqual(keys);

  const [instance] = world.instances('database', 'dc2');
  if (!instance) throw new Error('The shop has no database in dc2.');
  await world.flip(instance, 'critical');
  await expect(page.locator(`tr[data-key="${serviceKey('dc2', 'database')}"]`)).toHaveCount(0);
  await world.flip(instance, 'passing');
  await expect(page.locator(`tr[data-key="${serviceKey('dc2', 'database')}"]`)).toHaveCount(1);
});

test('what is wrong is marked where it stands and said, and what could be read last stays applied', async ({
  page,
}) => {
  await open(page, 'dc:dc3 database');
  const list = [serviceKey('dc3', 'database')];
  await expect.poll(() => rowKeys(page)).toEqual(list);
  // At once: letter by letter, ` team` is a word that is looked for until the colon makes it a field.
  await input(page).fill('dc:dc3 database team:pay web');
  await expect(input(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('search [data-wrong]:not(search)')).toHaveText('team');
  await expect(input(page)).toHaveAccessibleDescription(
    /No field is called “team”.*Until then it shows: dc:dc3 database/,
  );
  expect(await rowKeys(page)).toEqual(list);
  await expect(page).toHaveURL(/team%3Apay|team:pay/);

  // The link of what is wrong shows everything, and says so.
  await page.reload();
  await expect(input(page)).toHaveAccessibleDescription(/Until then nothing is filtered/);
  await expect.poll(async () => (await rowKeys(page)).length).toBeGreaterThan(5);
});

test('what is not finished is a draft for as long as somebody types, and wrong once left', async ({ page }) => {
  await open(page, '');
  await page.keyboard.press('/');
  await page.keyboard.type('database or ');
  await expect(page.getByText('draft, not applied')).toBeVisible();
  await expect(input(page)).toHaveAttribute('aria-invalid', 'false');
  await page.getByRole('heading', { level: 1 }).click();
  await expect(input(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(input(page)).toHaveAccessibleDescription(/Something must follow here/);
});

test('a word on its way to a field leaves the list as it is, unless it finds something or is meant', async ({
  page,
}) => {
  await open(page, 'dc:dc3 ');
  await expect.poll(async () => (await rowKeys(page)).length).toBeGreaterThan(5);
  const inDc3 = await rowKeys(page);
  await input(page).focus();
  await page.keyboard.press('End');
  await page.keyboard.type('stat');
  await expect(page.getByText('draft, not applied')).toBeVisible();
  expect(await rowKeys(page)).toEqual(inDc3);
  await page.keyboard.press('Enter');
  await expect(page.getByText('No service matches the filter')).toBeVisible();
  await page.keyboard.type('us:passing');
  await expect.poll(() => rowKeys(page)).toEqual(inDc3);
  // It begins `instances`, and a name as well.
  await input(page).fill('dc:dc3 in');
  await expect.poll(() => rowKeys(page)).toContain(serviceKey('dc3', 'inventory'));
  expect(await rowKeys(page)).not.toContain(serviceKey('dc3', 'database'));
  await expect(page.getByText('draft, not applied')).toHaveCount(0);
});

test('a filter is completed by keyboard alone: field, value, and what is live as of now', async ({ page }) => {
  await open(page, '');
  await page.keyboard.press('/');
  await page.keyboard.type('d');
  await expect(input(page)).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('option', { name: /^dc/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option', { name: /^dc/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(input(page)).toHaveValue('dc:');
  const options = page.getByRole('option');
  await expect(options).toHaveCount(3);
  await page.keyboard.press('ArrowUp');
  const last = await input(page).getAttribute('aria-activedescendant');
  await expect(options.last()).toHaveAttribute('id', last ?? '');
  const chosen = (await options.last().locator('bdi').textContent()) ?? '';
  await page.keyboard.press('Tab');
  await expect(input(page)).toHaveValue(`dc:${chosen} `);
  await expect(input(page)).toHaveAttribute('aria-expanded', 'false');
  await expect(input(page)).toBeFocused();
  await expect(page.locator('tr[data-key]:not([data-key*="/"])')).toHaveCount(1);

  // Escape closes the list, then clears, then leaves.
  await page.keyboard.type('t');
  await expect(input(page)).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Escape');
  await expect(input(page)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Escape');
  await expect(input(page)).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(input(page)).not.toBeFocused();
});

test('a link of before there was a language finds what it found', async ({ page, world }) => {
  await world.register('dc2-client-1', { Name: 'odd-one', Tags: ['team:odd'] });
  try {
    await page.goto('/services?q=team:odd+dc2');
    await expect(input(page)).toHaveValue('"team:odd" dc2');
    await expect.poll(() => rowKeys(page)).toEqual([serviceKey('dc2', 'odd-one')]);
    await input(page).fill('odd-one');
    await expect(page).toHaveURL(/\?filter=odd-one$/);
  } finally {
    await world.deregister('dc2-client-1', 'odd-one');
  }
});

test('what the eye sees is what the input holds, however far it has scrolled', async ({ page }) => {
  const long = `${'name:支付,web '.repeat(30)}dc:dc1`;
  await open(page, long);
  await input(page).focus();
  await page.keyboard.press('End');
  const painted = page.locator('search [aria-hidden="true"]').filter({ hasText: '支付' });
  await expect(painted).toHaveText(long, { useInnerText: true });
  const scrolled = await input(page).evaluate((element) => element.scrollLeft);
  expect(scrolled).toBeGreaterThan(100);
  await expect
    .poll(() => painted.locator('> span').evaluate((span) => new DOMMatrix(getComputedStyle(span).transform).m41))
    .toBe(-scrolled);
  const widths = await painted.locator('> span').evaluate((span) => {
    const box = document.querySelector<HTMLInputElement>('[role="combobox"]');
    return [span.getBoundingClientRect().width, box?.scrollWidth ?? 0];
  });
  expect(Math.abs((widths[0] ?? 0) - (widths[1] ?? 0))).toBeLessThan(3);
});
