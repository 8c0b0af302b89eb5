import next from 'next';
import type { RenderPage } from './parts';

/**
 * Next inside this process, rendering pages alone. A request that arrives before it is prepared waits: the API need not. Without a
 * build, or with one that does not fit, `ready` rejects.
 */
export function createPages(dir: string): { renderPage: RenderPage; ready: Promise<void>; close(): Promise<void> } {
  const app = next({ dev: process.env.NODE_ENV !== 'production', dir, customServer: true });
  const ready = app.prepare();
  return {
    renderPage: async (request, response) => {
      await ready;
      await app.getRequestHandler()(request, response);
    },
    ready,
    close: () => app.close(),
  };
}
