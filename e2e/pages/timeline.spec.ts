import type { Locator, Page } from '@playwright/test';
import { expect, test } from '@/e2e/browser/fixtures';
import { instanceKey, serviceKey } from '@/lib/fleet/keys';
import { recordedOutage } from './recorded-outage';

const lane = (page: Page, key: string) =>
  page.locator(`main li[data-key="${key}"]:has([role="listbox"], [role="img"])`);
const panel = (page: Page) => page.getByRole('complementary', { name: 'Transitions' });

async function boxOf(locator: Locator): Promise<{ x: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It has no box: it is not shown.');
  return box;
}

test('a real outage is read off the timeline: its lane, its length, its availability, its transitions and its export', async ({
  page,
  world,
  request,
}) => {
  test.setTimeout(120_000);
  const { beganMs, endedMs, began } = await recordedOutage(world, request, 'ledger', 'dc1');
  // By name: unfiltered the page holds only the worst eight, and whatever ran in this world in the last 15 min competes.
  await page.goto('/timeline?range=15m&services=service%3Aledger');
  const row = lane(page, serviceKey('dc1', 'ledger'));
  await expect(row).toHaveAttribute('data-status', 'passing');

  const bar = row.locator('[role="option"][data-status="critical"]').last();
  await expect(bar).toBeVisible();
  const { width, height } = await boxOf(bar);
  const track = await boxOf(row.getByRole('listbox'));
  // 15 min along the whole track: the bar is as long as the outage and not longer, but never less than 2 px.
  const honestPx = Math.max(2, ((endedMs - beganMs) / 900_000) * track.width);
  expect(Math.abs(width - honestPx)).toBeLessThan(1.5);
  expect(height).toBe(16);
  expect(await bar.getAttribute('aria-label')).toMatch(
    /^critical (less than 1|\d+) s, \d\d:\d\d:\d\d – \d\d:\d\d:\d\d$/,
  );
  await expect(row).toContainText(/\d\d\.\d\d %/);
  // With a k where a part of the 15 min is not known: other stories of this world put datacenters out of sight.
  await expect(page.getByRole('region', { name: 'dc1' })).toContainText(/\d\d\.\d\d %k? available/);

  // Pressing the bar chooses its span: what changed then is listed, the failed check among it.
  await bar.click();
  await expect(page).toHaveURL(/sel=/);
  const listed = page.getByRole('complementary', { name: 'Transitions of the selection' });
  const rows = listed.locator('li[data-key]');
  await expect(rows.filter({ hasText: 'dc1/ledger' }).filter({ hasText: 'critical' }).first()).toBeVisible();
  await expect(listed.locator('li[data-kind="check"]').first()).toBeVisible();

  const [csv, lines] = await Promise.all(
    ['as CSV', 'as JSON lines'].map(async (name) => {
      const href = await listed.getByRole('link', { name }).getAttribute('href');
      return (await request.get(href ?? '')).text();
    }),
  );
  expect(csv).toContain(began.observedAt);
  expect(lines?.split('\n').some((line) => line.includes(began.observedAt) && line.includes('"critical"'))).toBe(true);
});

test('a datacenter that nobody could see is hatched for as long, and left out of what is known', async ({
  page,
  world,
}) => {
  test.setTimeout(120_000);
  await page.goto('/timeline?range=15m');
  const area = page.getByRole('region', { name: 'dc3' });
  await expect(area.getByRole('img', { name: /^Instances of dc3 / })).toBeVisible();
  const gaps = area.locator('[data-status="unknown"]');
  const before = await gaps.count();
  world.freeze('dc3');
  try {
    await expect(gaps).toHaveCount(before + 1, { timeout: 30_000 });
    await expect(area).toContainText(/Unknown for \d+ s/);
    await expect(area).toContainText(/not watched since/);
  } finally {
    world.thaw('dc3');
  }
  await expect(area).toContainText(/Unknown \d+ s/, { timeout: 30_000 });
  await expect(area.getByText('of the')).toHaveCount(0);
  await expect(area.locator('abbr')).toHaveText('k');
});

test('a span is selected and zoomed into by keyboard alone, is in the URL, and Back leaves it', async ({ page }) => {
  await page.goto('/timeline?range=1h');
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  const begins = page.getByRole('slider', { name: 'Selection begins' });
  await begins.focus();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/sel=/);
  const selection = page.getByRole('complementary', { name: 'Transitions of the selection' });
  await expect(selection).toBeVisible();
  const ends = page.getByRole('slider', { name: 'Selection ends' });
  await ends.focus();
  await page.keyboard.press('PageDown');
  const [fromMs, toMs] = await Promise.all(
    [begins, ends].map(async (handle) => Number(await handle.getAttribute('aria-valuenow'))),
  );
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/from=.+&to=.+/);
  await expect(panel(page)).toBeVisible();
  const { searchParams } = new URL(page.url());
  expect(Date.parse(searchParams.get('from') ?? '')).toBe(fromMs);
  expect(Date.parse(searchParams.get('to') ?? '')).toBe(toMs);
  await page.goBack();
  await expect(page).not.toHaveURL(/from=/);
});

test('a span is drawn with the pointer, and the moment under it is told in two zones', async ({ page }) => {
  await page.goto('/timeline?range=1h');
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  // The drawing inside is an image too, once it is there.
  const box = await page.getByRole('region', { name: 'dc1' }).getByRole('img').first().boundingBox();
  if (!box) throw new Error('dc1 has no picture.');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.5, y);
  await expect(page.getByText(/CET.*UTC/)).toBeVisible();
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, y, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/sel=/);
  const [from = '', to = ''] = (new URL(page.url()).searchParams.get('sel') ?? '').split('/');
  // A quarter of an hour, widened to whole buckets of 10 s.
  expect(Math.abs(Date.parse(to) - Date.parse(from) - 900_000)).toBeLessThanOrEqual(20_000);
});

test('a link to the span is to this very span, and the range before the record says that nothing is known', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/timeline?range=1y&dc=dc1');
  await expect(page.getByText(/The record began at .+; nothing is known of before\./)).toBeVisible();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  expect(link.searchParams.get('dc')).toBe('dc1');
  expect(link.searchParams.get('range')).toBeNull();
  const lengthMs = Date.parse(link.searchParams.get('to') ?? '') - Date.parse(link.searchParams.get('from') ?? '');
  expect(lengthMs).toBe(365 * 86_400_000);
});

test('transitions are filtered, and a filter that cannot be read says where it is wrong', async ({
  page,
  world,
  request,
}) => {
  test.setTimeout(120_000);
  await recordedOutage(world, request, 'ledger', 'dc1');
  await page.goto('/timeline?range=15m&filter=subject%3Aservice%20service%3Aledger');
  const rows = panel(page).locator('li[data-key]');
  await expect(rows.first()).toBeVisible();
  for (const key of await rows.evaluateAll((items) => items.map((item) => item.getAttribute('data-key')))) {
    expect(key).toMatch(/^dc\d\/ledger$/);
  }
  await panel(page).getByRole('combobox').fill('subject:nothing ');
  await expect(panel(page).getByRole('combobox')).toHaveAttribute('aria-invalid', 'true');
});

test('a service, an instance and a node have the same past in a tab of their own', async ({ page, world, request }) => {
  test.setTimeout(120_000);
  const [instance] = world.instances('ledger', 'dc1');
  if (!instance) throw new Error('The shop has no ledger in dc1.');
  await recordedOutage(world, request, 'ledger', 'dc1');
  const key = instanceKey('dc1', instance.node, instance.id);
  await page.goto('/services/dc1/ledger');
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await page.getByRole('button', { name: '15 min' }).click();
  await expect(page).toHaveURL(/tab=timeline/);
  await expect(lane(page, key).locator('[role="option"][data-status="critical"]').last()).toBeVisible();

  await page.goto(`/instances/${key}?tab=timeline&range=15m`);
  await expect(
    page.getByRole('region', { name: 'Checks that changed' }).locator('[data-status="critical"]').last(),
  ).toBeVisible();

  await page.goto(`/nodes/dc1/${instance.node}?tab=timeline&range=15m`);
  await expect(lane(page, key).locator('[role="option"][data-status="critical"]').last()).toBeVisible();
});

test('what the bars mean is in sight without scrolling, and the slash leads to the filter of the transitions alone', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/timeline');
  await expect(page.locator('main li[data-key]').first()).toBeVisible();
  const legend = page.getByRole('list', { name: 'What the bars mean' });
  await expect(legend).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('/');
  await expect(panel(page).getByRole('combobox')).toBeFocused();
  await expect(page.locator('search kbd', { hasText: /^\/$/ })).toHaveCount(1);
});
