import type { Page } from '@playwright/test';
import { Ruled } from '@/e2e/alerts/ruled';
import { obstacles, overflowPx } from '@/e2e/browser/accessible';
import { expect, test } from '@/e2e/browser/fixtures';

const RULES = `rules:
  - alert: Down
    when: few-healthy
    least: 1
    severity: critical
  - alert: Watchdog
    when: watchdog
    severity: info
`;
const CHANGED = RULES.replace('least: 1', 'least: 2');

let ruled: Ruled;
test.beforeEach(async ({ lictor }) => {
  ruled = new Ruled(lictor.address);
  await ruled.by(RULES);
});
test.afterEach(() => ruled.end());

const editor = (page: Page) => page.getByRole('textbox', { name: 'The rules as they are written' });
const tryIt = (page: Page) => page.getByRole('button', { name: 'Try on the last 7 days' });
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });

async function open(page: Page): Promise<void> {
  await page.goto('/alerts?tab=rules');
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
}

test('rules are tried on the record before they are saved, and are in force then', async ({ page }) => {
  await open(page);
  await expect(page.getByRole('heading', { name: '2 rules in force' })).toBeVisible();
  await expect(page.getByText('saved on this page')).toBeVisible();
  await expect(editor(page)).toHaveValue(RULES);
  await editor(page).fill(CHANGED);
  await expect(page.getByText('1 line changed')).toBeVisible();
  await expect(save(page)).toBeDisabled();
  await tryIt(page).click();
  const results = page.getByRole('region', { name: 'What would have alerted' });
  const row = results.getByRole('row', { name: /^Down/ });
  await expect(row).toBeVisible();
  await expect(results.getByRole('row', { name: /^Watchdog/ })).toContainText('not tried');
  // The shop has services of one instance: of two that are asked for they have too few.
  await expect(row.getByRole('cell').first()).not.toHaveText('0');
  expect((await ruled.client.rules()).body.text).toBe(RULES);
  await save(page).click();
  await expect(page.getByText('Saved. These rules are in force.')).toBeVisible();
  expect((await ruled.client.rules()).body.text).toBe(CHANGED);
});

test('rules that cannot be read are refused with line and reason, and those before them stay', async ({ page }) => {
  await open(page);
  await editor(page).fill(RULES.replace('few-healthy', 'few-helthy'));
  await tryIt(page).click();
  await expect(page.getByText(/^Line \d+: .*These rules cannot be read\. Nothing was saved/)).toBeVisible();
  await expect(editor(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(save(page)).toBeDisabled();
  expect((await ruled.client.rules()).body.text).toBe(RULES);
  await page.getByRole('button', { name: 'Discard my changes' }).click();
  await expect(editor(page)).toHaveValue(RULES);
});

test('rules that somebody else saved meanwhile are not overwritten unseen', async ({ page }) => {
  const theirs = RULES.replace('least: 1', 'least: 3');
  await open(page);
  await editor(page).fill(CHANGED);
  await tryIt(page).click();
  await expect(save(page)).toBeEnabled();
  await ruled.by(theirs);
  await expect(page.getByText('Somebody else saved other rules meanwhile.')).toBeVisible();
  await expect(save(page)).toBeDisabled();
  await expect(editor(page)).toHaveValue(CHANGED);
  await page.getByRole('button', { name: 'Show theirs' }).click();
  await expect(editor(page)).toHaveValue(theirs);
});

test('what is being written outlives a look at another page', async ({ page }) => {
  await open(page);
  await editor(page).fill(CHANGED);
  await page.getByRole('link', { name: /^Silences/ }).click();
  await expect(page.getByRole('button', { name: 'New silence' })).toBeVisible();
  await page.getByRole('link', { name: 'Rules' }).click();
  await expect(editor(page)).toHaveValue(CHANGED);
});

test('where nothing is set the page says that alerts are sent nowhere', async ({ page }) => {
  await page.goto('/alerts?tab=delivery');
  await expect(page.getByText('Alerts are sent nowhere')).toBeVisible();
  expect(await obstacles(page)).toEqual([]);
});

for (const theme of ['dark', 'light'] as const) {
  test(`nobody is shut out of the rules, in ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await open(page);
    await editor(page).fill(CHANGED);
    await tryIt(page).click();
    await expect(page.getByRole('region', { name: 'What would have alerted' })).toBeVisible();
    expect(await obstacles(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflowPx(page)).toBe(0);
  });
}
