import type { RenderPage } from './parts';

export interface Pages {
  readonly renderPage: RenderPage;
  /** Without a build, or with one that does not fit, it rejects. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/**
 * Next inside this process, rendering pages alone. It is loaded once `mayLoad` resolves or somebody asks for a page, for its half a second of loading is taken from
 * everything else in this process. A page that is asked for before it is there waits.
 */
export function createPages(dir: string, mayLoad: Promise<void>): Pages {
  let loading: ReturnType<typeof loadNext> | undefined;
  const load = () => {
    loading ??= loadNext(dir);
    return loading;
  };
  return {
    renderPage: async (request, response) => {
      const app = await load();
      await app.getRequestHandler()(request, response);
    },
    ready: mayLoad.then(async () => {
      await load();
    }),
    close: async () => (await loading)?.close(),
  };
}

async function loadNext(dir: string) {
  const { default: next } = await import('next');
  const app = next({ dev: process.env.NODE_ENV !== 'production', dir, customServer: true });
  await app.prepare();
  return app;
}
