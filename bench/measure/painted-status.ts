import { chromium } from '@playwright/test';
import { findOnPath } from '@/scripts/launcher/find-on-path.mjs';

/**
 * Opens `url` in Chromium and tells when `data-status` of the element with `key` has been painted: the first moment after the
 * frame in which it changed has been handed to the compositor.
 */
export async function watchPaintedStatus(
  url: string,
  key: string,
  onPainted: (status: string, atMs: number) => void,
): Promise<() => Promise<void>> {
  const browser = await chromium.launch({
    executablePath: findOnPath('chromium') ?? 'chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.exposeFunction('reportPainted', onPainted);
  // tsx names functions by a helper of its own, which the page does not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.goto(url);
  await page.waitForSelector(`[data-key="${key}"]`);
  await page.waitForSelector('body[data-live="live"]');
  await page.evaluate((watched) => {
    const report = Reflect.get(window, 'reportPainted') as (status: string, atMs: number) => void;
    const statusNow = () => document.querySelector(`[data-key="${watched}"]`)?.getAttribute('data-status') ?? 'absent';
    let last = statusNow();
    new MutationObserver(() => {
      const status = statusNow();
      if (status === last) return;
      last = status;
      // A task posted from inside the frame runs once that frame has been painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => report(status, performance.timeOrigin + performance.now());
        port2.postMessage(null);
      });
    }).observe(document.body, { subtree: true, attributes: true, childList: true, attributeFilter: ['data-status'] });
  }, key);
  return () => browser.close();
}
