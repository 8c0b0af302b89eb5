import { defineConfig } from '@playwright/test';
import { findOnPath } from '@/scripts/launcher/find-on-path.mjs';

/** Debian's Chromium: no browser is downloaded. It runs as root on CI, hence without its sandbox, and asks nobody outside for anything. */
const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Two workers, each with a world and a Lictor for all of its files, keep two processors busy: one alone left half of them idle.
  workers: 2,
  fullyParallel: false,
  projects: [
    { name: 'pages', testMatch: '{alerts,pages,topology}/**/*.spec.ts' },
    // What promises how long a gap lasts at most, or loads the machine itself, has the machine to itself: to be run with `--workers 1`.
    { name: 'alone', testMatch: '{live,traffic}/**/*.spec.ts' },
  ],
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    colorScheme: 'dark',
    launchOptions: { executablePath: findOnPath('chromium') ?? 'chromium', args: CHROMIUM_ARGS },
    screenshot: 'only-on-failure',
  },
});
