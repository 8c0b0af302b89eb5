import { expect, test } from '@/e2e/browser/fixtures';
import { withoutSharedWorkers } from './watched-page';

const HOUR_MS = 3_600_000;
/** Far more than a loaded machine is late by, far less than what the clocks are wrong by. */
const NEAR_MS = 120_000;

for (const [how, offMs] of [
  ['ahead', HOUR_MS],
  ['behind', -HOUR_MS],
] as const) {
  test(`a browser whose clock is an hour ${how} shows the server's time and true ages, also once it is set right`, async ({
    page,
  }) => {
    // A worker would have a clock that is right.
    await withoutSharedWorkers(page);
    await page.clock.install({ time: Date.now() + offMs });
    await page.goto('/system');
    const isRight = async () => {
      await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
      await expect(page.locator('section[data-key="dc1"]')).toHaveAttribute('data-freshness', 'live');
      await expect(async () => {
        const shown = await page.locator('header time').first().getAttribute('datetime');
        expect(Math.abs(Date.parse(shown ?? '') - Date.now())).toBeLessThan(NEAR_MS);
        const ages = await page.locator('section[data-key="dc1"] li time').allTextContents();
        expect(ages.length).toBeGreaterThan(0);
        for (const age of ages) expect(age).toMatch(/^\d+(\.\d+)? (ms|s) ago$/);
      }).toPass({ timeout: 15_000 });
    };
    await isRight();
    expect(Math.abs((await page.evaluate(() => Date.now())) - Date.now() - offMs)).toBeLessThan(NEAR_MS);
    await page.clock.setSystemTime(Date.now());
    await isRight();
  });
}
