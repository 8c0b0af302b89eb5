import type { NextConfig } from 'next';

/** The path of the address that browsers use, without a slash at its end; what Next calls the base path. Fixed when the pages are built. */
const basePath = new URL(process.env.LICTOR_BASE_URL || 'http://127.0.0.1').pathname.replace(/\/+$/, '');

const config: NextConfig = {
  ...(basePath === '' ? {} : { basePath }),
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` checks the types of the whole project; a test that is half written must not keep the pages from being built.
  typescript: { ignoreBuildErrors: true },
};

export default config;
