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
  reactStrictMode: true,
  // `npm run check` checks the types of the whole project; a test that is half written must not keep the pages from being built.
  typescript: { ignoreBuildErrors: true },
};

export default config;
