import type { Page } from '@playwright/test';
import { Ruled } from '@/e2e/alerts/ruled';
import { obstacles, overflowPx } from '@/e2e/browser/accessible';
import { expect, test } from '@/e2e/browser/fixtures';
import { putInstance, removeInstance } from '@/e2e/harness/catalog';

const RULES = 'rules:\n  - { alert: Down, when: few-healthy, least: 1, severity: critical }\n';
const ID = 'Down:dc1/quiet';
const NODE = 'quiet-edge';

let ruled: Ruled;
test.beforeEach(async ({ lictor, world }) => {
  ruled = new Ruled(lictor.address);
  await ruled.by(RULES);
  const quiet = { node: NODE, service: 'quiet', id: 'quiet-1' };
  // One that never passed is none that is lost.
  await putInstance(world.consul('dc1'), quiet);
  await putInstance(world.consul('dc1'), { ...quiet, status: 'critical' });
  await ruled.state(ID, 'firing');
});
test.afterEach(async ({ world }) => {
  await removeInstance(world.consul('dc1'), NODE, 'quiet-1');
  await ruled.end();
});

async function open(page: Page, search: string): Promise<void> {
  await page.goto(`/alerts${search}`);
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
}

const dialogOf = (page: Page) => page.getByRole('dialog', { name: /^(Silence|静默)$/ });
const silences = async () => (await ruled.client.alerts()).body.silences.filter(({ filter }) => filter !== '');

test('an alert is silenced where it is shown, once by a double click, and calls again when that is ended', async ({
  page,
}) => {
  await open(page, `?alert=${encodeURIComponent(ID)}`);
  const alert = page.locator('article[data-alert-state]');
  await expect(alert).toHaveAttribute('data-alert-state', 'firing');
  await page.keyboard.press('s');
  const dialog = dialogOf(page);
  await expect(dialog.getByRole('combobox')).toHaveValue('alert=Down dc:dc1 service=quiet');
  await expect(dialog).toContainText('Matches 1 present alert');
  await expect(dialog.getByLabel('Reason')).toBeFocused();
  await page.keyboard.type('kernel update');
  await dialog.getByRole('button', { name: /^Silence until/ }).dblclick();
  await expect(dialog).toBeHidden();
  await expect(alert).toHaveAttribute('data-alert-state', 'silenced');
  const made = await silences();
  expect(made.map(({ filter, reason, state }) => [filter, reason, state])).toEqual([
    ['alert=Down dc:dc1 service=quiet', 'kernel update', 'active'],
  ]);

  await page.goto('/alerts?tab=silences');
  const active = page.getByRole('region', { name: 'Active' });
  await expect(active).toContainText('alert=Down dc:dc1 service=quiet');
  await expect(active).toContainText('1 alert');
  await expect(active).toContainText('kernel update · by someone here');
  await active.getByRole('button', { name: /^End now/ }).click();
  await expect(page.getByRole('region', { name: 'Ended within a day' })).toContainText('service=quiet');
  await ruled.state(ID, 'firing');
});

test('what it would hold for is told while it is typed, with completion by keyboard', async ({ page }) => {
  await open(page, '?tab=silences');
  await page.getByRole('button', { name: 'New silence' }).click();
  const dialog = dialogOf(page);
  const matchers = dialog.getByRole('combobox');
  await expect(matchers).toBeFocused();
  await page.keyboard.type('serv');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(matchers).toHaveValue(/^service/);
  await matchers.fill('service:quie');
  await expect(dialog).toContainText('Matches 1 present alert');
  await matchers.fill('service:nobody');
  await expect(dialog).toContainText('Matches no alert now');
  await matchers.fill('nobody:x');
  await expect(dialog).toContainText('No field is called “nobody”');
  // The first Escape is the list's, the next the dialog's.
  await matchers.fill('ser');
  await expect(dialog.getByRole('listbox')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog.getByRole('listbox')).toBeHidden();
  await expect(dialog).toBeVisible();
});

test('one in the past is refused in words, and one for everything is made by whoever types so', async ({ page }) => {
  await open(page, '?tab=silences');
  await page.getByRole('button', { name: 'New silence' }).click();
  const dialog = dialogOf(page);
  const silence = dialog.getByRole('button', { name: /^Silence/ });
  await expect(dialog).toContainText('It would hold for every alert, whatever comes.');
  await dialog.getByLabel('Reason').fill('a drill');
  await silence.click();
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('Type everything to silence everything.').fill('everything');
  await dialog.getByRole('button', { name: 'Until …' }).click();
  await dialog.getByLabel('Until, in your zone').fill('2020-01-01T00:00');
  await expect(dialog).toContainText('That is in the past');
  await silence.click();
  await expect(dialog).toBeVisible();
  expect((await ruled.client.alerts()).body.silences.filter(({ state }) => state === 'active')).toEqual([]);
  await dialog.getByRole('button', { name: '30 min' }).click();
  await silence.click();
  await expect(dialog).toBeHidden();
  await ruled.state(ID, 'silenced');
  await expect(page.getByRole('region', { name: 'Active' })).toContainText('every alert');
});

for (const language of ['en', 'zh'] as const) {
  for (const theme of ['dark', 'light'] as const) {
    test(`nobody is shut out of silences, in ${language} and ${theme}`, async ({ page, context, baseURL }) => {
      await page.emulateMedia({ colorScheme: theme });
      if (baseURL) await context.addCookies([{ name: 'lictor-language', value: language, url: baseURL }]);
      const to = new Date(Date.now() + 3_600_000).toISOString();
      await ruled.client.silence({ filter: 'service=quiet', to, reason: 'why' }, `look ${language} ${theme}`);
      await open(page, '?tab=silences');
      await expect(page.getByRole('region').first()).toContainText('service=quiet');
      expect(await obstacles(page)).toEqual([]);
      await page.getByRole('button', { name: language === 'en' ? 'New silence' : '新建静默' }).click();
      await expect(dialogOf(page)).toBeVisible();
      expect(await obstacles(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await overflowPx(page)).toBe(0);
    });
  }
}
