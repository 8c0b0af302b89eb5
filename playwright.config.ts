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
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // One world and one Lictor for all files: two cores carry no more.
  workers: 1,
  fullyParallel: false,
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
