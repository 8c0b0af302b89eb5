import { launchChromium, watchPainted } from './painted-page';

/** Opens `url` in Chromium and tells when `data-status` of the element with `key` has been painted. */
export async function watchPaintedStatus(
  url: string,
  key: string,
  onPainted: (status: string, atMs: number) => void,
): Promise<() => Promise<void>> {
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  const selector = `[data-key="${key}"]`;
  await page.waitForSelector(selector);
  await page.waitForSelector('body[data-live="live"]');
  await watchPainted(
    page,
    `document.querySelector(${JSON.stringify(selector)})?.getAttribute('data-status') ?? 'absent'`,
    onPainted,
  );
  return () => browser.close();
}
