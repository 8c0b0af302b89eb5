// @ts-check

/** The path of the address that browsers use, without a slash at its end; what Next calls the base path. Fixed when the pages are built. */
const basePath = new URL(process.env.LICTOR_BASE_URL || 'http://127.0.0.1').pathname.replace(/\/+$/, '');

/**
 * Not in TypeScript: at each start of the server Next would load its whole compiler, 24 MB and 80 ms, to read these lines.
 *
 * @type {import('next').NextConfig}
 */
const config = {
  ...(basePath === '' ? {} : { basePath }),
  poweredByHeader: false,
  // `server/http/page-response.ts` does: what is packed here cannot be signed any more.
  compress: false,
  reactStrictMode: true,
  // `npm run check` checks the types of the whole project; a test that is half written must not keep the pages from being built.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // A style sheet comes later than the page that names it, and a browser that is asked meanwhile where something stands lays the whole page out without it, in vain.
    inlineCss: true,
    // Half as many scripts: a browser's request costs more of two cores than the bytes that two pages do not share then.
    turbopackChunking: {
      ...{ firstPageLoadPriority: 1, requestCost: 5_000_000 },
      ...{ maxChunkCountPerGroup: 6, minChunkSize: 400_000, maxMergeChunkSize: 4_000_000 },
    },
  },
};

export default config;
