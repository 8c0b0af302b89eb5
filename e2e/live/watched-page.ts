import type { Page } from '@playwright/test';

/** Takes from a page what it could share a stream with; it opens one of its own. */
export const withoutSharedWorkers = async (page: Page): Promise<void> => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'));
};

/** Notes every value that `data-live` takes, and every stream that the page itself opens; both outlive nothing but a reload. */
export async function watchLive(page: Page): Promise<{ phases: () => Promise<string[]>; streams: string[] }> {
  const streams: string[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname.endsWith('/api/v1/stream')) streams.push(searchParams.getAll('topic').join(' '));
  });
  await page.addInitScript(() => {
    const phases: string[] = [];
    Reflect.set(window, 'seenPhases', phases);
    const note = () => {
      const phase = document.body?.dataset.live;
      if (phase !== undefined && phase !== phases.at(-1)) phases.push(phase);
    };
    new MutationObserver(note).observe(document, { subtree: true, childList: true, attributeFilter: ['data-live'] });
  });
  return { phases: () => page.evaluate(() => [...(Reflect.get(window, 'seenPhases') as string[])]), streams };
}

/** What a reload would lose. */
export async function markPage(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => Reflect.set(window, 'neverReloaded', true));
  return () => page.evaluate(() => Reflect.get(window, 'neverReloaded') === true);
}
