import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { expect, test } from '@/e2e/browser/fixtures';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pages = [
  '/services/dc3/inventory',
  '/',
  '/services',
  '/services/dc1/payment',
  '/services/dc1/none',
  '/nodes',
  '/nodes/dc1/dc1-client-1',
  '/nodes/dc1/none',
  '/instances/dc1/dc1-server-1/consul',
  '/timeline',
  '/services/dc1/payment?tab=timeline',
  '/services?at=2026-01-01T00:00:00Z',
  '/system',
  '/alerts',
  '/alerts?tab=silences',
  '/alerts?tab=rules',
  '/topology?view=table',
  '/nowhere',
];

for (const theme of ['dark', 'light'] as const) {
  for (const language of ['en', 'zh'] as const) {
    test(`no page breaks a rule of accessibility (${theme}, ${language})`, async ({ page, context, lictor }) => {
      // A dozen rules on every element of every page: seconds a page where the machine is busy.
      test.setTimeout(180_000);
      await context.addCookies([
        { name: 'lictor-theme', value: theme, url: lictor.address },
        { name: 'lictor-language', value: language, url: lictor.address },
      ]);
      for (const path of pages) {
        await page.goto(path);
        await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
        // By the debugger's own evaluation: a script element would break the content security policy.
        await page.evaluate(axe);
        const { violations } = await page.evaluate<AxeResults>('axe.run()');
        expect(violations.map(({ id, nodes }) => `${path} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
          [],
        );
      }
    });
  }
}

test('on a phone what does not fit a row is scrolled to: the last datacenter, the longest range', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/timeline');
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  const ends = [
    page.locator('nav [data-key="dc3"]'),
    page.getByRole('group', { name: 'Range' }).getByRole('button').last(),
  ];
  for (const end of ends) {
    await expect(end).not.toBeInViewport({ ratio: 0.99 });
    await end.locator('..').hover({ position: { x: 20, y: 10 } });
    await page.mouse.wheel(600, 0);
    await expect(end).toBeInViewport({ ratio: 0.99 });
  }
});

test('a theme is chosen by hand, painted at once by the server, and follows the system again when asked', async ({
  page,
}) => {
  await page.goto('/');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: 'Light' }).click();
  const light = await background();
  expect(light).not.toBe(dark);
  const response = await page.reload();
  expect(await response?.text()).toMatch(/<html[^>]*data-theme="light"/);
  expect(await background()).toBe(light);
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: 'As the system' }).click();
  expect(await background()).toBe(dark);
});

test('the language is switched in place, and the server keeps to it', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  await page.evaluate(() => Reflect.set(window, 'neverReloaded', true));
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitemradio', { name: '简体中文' }).click();
  await expect(page.locator('h1')).toContainText('全部正常');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  expect(await page.evaluate(() => Reflect.get(window, 'neverReloaded'))).toBe(true);
  const response = await page.reload();
  expect(await response?.text()).toContain('全部正常');
});

test('a first visit is in the language of the browser', async ({ browser, lictor }) => {
  const context = await browser.newContext({ locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(lictor.address);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await context.close();
});

test('the search leads to a service by a part of its name, by keyboard alone', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type('image dc2');
  await expect(page.getByRole('option').first()).toContainText('image-resize');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/services\/dc2\/image-resize/);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

for (const language of ['en', 'zh'] as const) {
  test(`nothing moves sideways on a phone (${language})`, async ({ page, context, lictor }) => {
    await context.addCookies([{ name: 'lictor-language', value: language, url: lictor.address }]);
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of pages) {
      await page.goto(path);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
      // The page that one is on, and its datacenter.
      for (const here of await page.locator('nav [aria-current]').all())
        await expect(here).toBeInViewport({ ratio: 0.99 });
    }
  });
}
