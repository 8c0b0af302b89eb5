import { expect, test } from '@/e2e/browser/fixtures';
import { serviceKey } from '@/lib/fleet/keys';
import { recordedOutage } from './recorded-outage';

const row = `main tr[data-key="${serviceKey('dc1', 'ledger')}"]`;
const iso = (atMs: number) => new Date(atMs).toISOString();

test('the services stand as they stood then, marked as past, and live again at once', async ({
  page,
  world,
  request,
}) => {
  test.setTimeout(120_000);
  const { beganMs, endedMs } = await recordedOutage(world, request, 'ledger', 'dc1');
  await page.goto(`/services?at=${iso((beganMs + endedMs) / 2)}`);
  await expect(page.locator(row)).toHaveAttribute('data-status', 'critical');
  await expect(page.locator(row)).toHaveAttribute('data-freshness', 'past');
  await expect(page.locator('main [data-freshness="live"]')).toHaveCount(0);
  await expect(page.getByText(/^As of .+ ago$/)).toBeVisible();

  await page.getByRole('button', { name: 'Back to live' }).click();
  await expect(page).not.toHaveURL(/at=/);
  await expect(page.locator(row)).toHaveAttribute('data-status', 'passing');
  await page.getByRole('row', { name: /^dc1/ }).first().waitFor();
  await expect(page.locator('main [data-freshness="past"]')).toHaveCount(0);
});

test('the verdict of the overview is that of the moment', async ({ page, world, request }) => {
  test.setTimeout(120_000);
  const { beganMs, endedMs } = await recordedOutage(world, request, 'ledger', 'dc1');
  await page.goto(`/?at=${iso((beganMs + endedMs) / 2)}`);
  await expect(page.locator('h1')).toHaveText(/^ledger critical in dc1/);
  await page.getByRole('link', { name: 'Services then' }).click();
  await expect(page).toHaveURL(/\/services\?.*at=/);
  await expect(page.locator(row)).toHaveAttribute('data-status', 'critical');
});

test('the scrubber steps from transition to transition, obeys its keys, plays on and ends live', async ({
  page,
  world,
  request,
}) => {
  test.setTimeout(120_000);
  const { beganMs, endedMs } = await recordedOutage(world, request, 'ledger', 'dc1');
  await page.goto(`/services?range=15m&at=${iso(beganMs - 3_000)}`);
  const scrubber = page.getByRole('slider', { name: 'Moment shown' });
  const shownMs = async () => Number(await scrubber.getAttribute('aria-valuenow'));
  await expect(page.locator('main tr[data-key]').first()).toBeVisible();
  await expect(page.locator(row)).toHaveAttribute('data-status', 'passing');

  await page.getByRole('button', { name: 'To the next transition' }).click();
  await expect.poll(shownMs).toBe(beganMs);
  await expect(page.locator(row)).toHaveAttribute('data-status', 'critical');

  await scrubber.focus();
  await page.keyboard.press('ArrowLeft');
  expect(await shownMs()).toBeLessThan(beganMs);
  await expect(scrubber).toHaveAttribute('aria-valuetext', /ago$/);
  await expect(page.locator(row)).toHaveAttribute('data-status', 'passing');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator(row)).toHaveAttribute('data-status', 'critical');

  await page.getByRole('combobox', { name: 'Speed' }).selectOption({ label: '5 ×' });
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(shownMs).toBeGreaterThan(endedMs);
  await expect(page.locator(row)).toHaveAttribute('data-status', 'passing');
  await page.getByRole('button', { name: 'Pause' }).click();
  const pausedMs = await shownMs();

  await page.getByRole('button', { name: 'To the transition before' }).click();
  await expect.poll(shownMs).toBeLessThan(pausedMs);
  await scrubber.focus();
  await page.keyboard.press('End');
  await expect(page).not.toHaveURL(/at=/);
});

test('a moment that nobody watched says so, and vouches for nothing', async ({ page, world, request }) => {
  test.setTimeout(120_000);
  const sinceMs = Date.now();
  world.freeze('dc3');
  try {
    await expect.poll(async () => (await gapsOf()).length, { timeout: 30_000 }).toBeGreaterThan(0);
  } finally {
    world.thaw('dc3');
  }
  await expect.poll(async () => (await gapsOf()).every(({ to }) => to !== null), { timeout: 30_000 }).toBe(true);
  const [gap] = await gapsOf();
  const middleMs = (Date.parse(gap?.from ?? '') + Date.parse(gap?.to ?? '')) / 2;
  await page.goto(`/services?at=${iso(middleMs)}`);
  await expect(page.getByText(/^dc3 was not watched .+: shown is what was last known\.$/)).toBeVisible();
  await expect(page.locator('main tr[data-key="dc3"]')).not.toHaveAttribute('data-freshness', /live|past/);

  async function gapsOf(): Promise<{ from: string; to: string | null }[]> {
    const answer = await request.get(`/api/v1/timeline?dc=dc3&from=${iso(sinceMs)}`);
    return answer.ok() ? (await answer.json()).gaps : [];
  }
});
