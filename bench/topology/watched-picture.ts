import type { Browser, Page } from '@playwright/test';

/** What the page itself noted, ms by its own clock. */
export interface Noted {
  /** From the click, or from the start of the navigation where there was none, to the picture with its edges painted. */
  readonly drawnMs: number;
  /** Each time that the kernel laid something out. */
  readonly layoutsMs: readonly number[];
  /** The longest task since then; 0: none took 50. */
  readonly longestTaskMs: number;
}

/** In the page itself: asked from outside, a busy page answers later than it paints. */
const NOTE = `{
  const noted = { clickedMs: 0, drawnMs: null, layouts: [], tasks: [], frames: null };
  window.noted = noted;
  addEventListener('click', () => { noted.clickedMs = performance.now(); noted.drawnMs = null; noted.tasks = []; }, true);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) noted.tasks.push(duration);
  }).observe({ entryTypes: ['longtask'] });
  const Plain = window.Worker;
  window.Worker = class extends Plain {
    #begun = new Map();
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        const begunMs = this.#begun.get(data?.id);
        if (begunMs !== undefined) noted.layouts.push(performance.now() - begunMs);
      });
    }
    postMessage(message, ...rest) {
      if (message?.cmd === 'layout') this.#begun.set(message.id, performance.now());
      super.postMessage(message, ...rest);
    }
  };
  const isDrawn = () =>
    document.querySelector('.react-flow__node button') && document.querySelector('.react-flow [data-edge]');
  const look = () => {
    if (noted.drawnMs === null && isDrawn()) {
      noted.drawnMs = 0;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { noted.drawnMs = performance.now() - noted.clickedMs; };
      port2.postMessage(null);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  let lastMs = null;
  const frame = (atMs) => {
    if (noted.frames === null) lastMs = null;
    else {
      if (lastMs !== null) noted.frames.push(atMs - lastMs);
      lastMs = atMs;
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}`;

/** A page that notes what it does, as somebody opens it who was never there. */
export async function watchedPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(NOTE);
  await page.goto(url);
  await page.waitForSelector('body[data-live="live"]');
  return page;
}

/** Resolves when the picture is drawn. */
export async function drawn(page: Page): Promise<Noted> {
  const isDrawn = () => ((Reflect.get(window, 'noted') as { drawnMs: number | null }).drawnMs ?? 0) > 0;
  await page.waitForFunction(isDrawn, undefined, { timeout: 60_000 });
  return page.evaluate(`({
    drawnMs: noted.drawnMs,
    layoutsMs: noted.layouts,
    longestTaskMs: Math.max(0, ...noted.tasks),
  })`);
}

/** Ms from each frame to the next while something is done. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate('void (noted.frames = [])');
  await act();
  return page.evaluate('(() => { const { frames } = noted; noted.frames = null; return frames; })()');
}
