import { expect, test } from '@/e2e/browser/fixtures';
import { serviceKey } from '@/lib/fleet/keys';
import type { FleetBody } from '@/lib/fleet/model';
import { ChurningStream } from './churning-stream';
import { pageHeapBytes, workerHeapBytes } from './heap-size';
import { LictorProxy } from './lictor-proxy';

const WARM_UP_CHANGES = 1_000;
const CHANGES = 3_000;
/** The heap breathes by a few 100 KB. Each change that stays would add 1 KB, and each drawing of the page far more. */
const NOISE_BYTES = 1_000_000;
const MOST_GROWTH = 0.1;

test('neither a tab nor the worker keeps anything of changes that are over', async ({ browser, page, lictor }) => {
  const key = serviceKey('dc1', 'cart');
  const fleet = (await (await fetch(`${lictor.address}/api/v1/fleet`)).json()) as FleetBody;
  const stream = new ChurningStream(fleet);
  const proxy = new LictorProxy(lictor.address, stream.answer);
  try {
    // Room for all rows: what flips is drawn.
    await page.setViewportSize({ width: 1_440, height: 3_000 });
    await page.goto(`${await proxy.open()}/services`);
    await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
    const churned = async (count: number, status: 'critical' | 'warning') => {
      await stream.churn(count, key, status);
      await expect(page.locator(`[data-key="${key}"]`).first()).toHaveAttribute('data-status', status);
      return { tab: await pageHeapBytes(page), worker: await workerHeapBytes(browser) };
    };
    const before = await churned(WARM_UP_CHANGES, 'critical');
    const after = await churned(CHANGES, 'warning');
    for (const where of ['tab', 'worker'] as const) {
      expect(after[where] - before[where]).toBeLessThan(Math.max(NOISE_BYTES, before[where] * MOST_GROWTH));
    }
  } finally {
    stream.end();
    await proxy.close();
  }
});
