import { type Browser, chromium, type Page } from '@playwright/test';
import { findOnPath } from '@/scripts/launcher/find-on-path.mjs';

/** Chromium as the browser tests have it. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findOnPath('chromium') ?? 'chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
  });
}

/**
 * Tells each new value of `expression` (JavaScript, run in the page) at the moment when the frame in which it changed has been
 * handed to the compositor.
 */
export async function watchPainted(
  page: Page,
  expression: string,
  onPainted: (value: string, atMs: number) => void,
): Promise<void> {
  await page.exposeFunction('reportPainted', onPainted);
  await page.evaluate(`(() => {
    const read = () => String(${expression});
    let last = read();
    new MutationObserver(() => {
      const value = read();
      if (value === last) return;
      last = value;
      // A task posted from inside the frame runs once that frame has been painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.reportPainted(value, performance.timeOrigin + performance.now());
        port2.postMessage(null);
      });
    }).observe(document.body, { subtree: true, attributes: true, childList: true, characterData: true });
  })()`);
}
