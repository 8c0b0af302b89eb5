import type { Page } from '@playwright/test';

/** What a network that a test has cut says by itself; no fault of the page. */
const NETWORK = /net::ERR_|Failed to load resource/;

/** Collects what a page should never do: throw, log an error, or break its content security policy. */
export async function pageTrouble(page: Page): Promise<() => string[]> {
  const seen: string[] = [];
  page.on('pageerror', (error) => seen.push(`threw: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !NETWORK.test(message.text())) seen.push(`logged: ${message.text()}`);
  });
  await page.exposeFunction('reportPolicyViolation', (what: string) => void seen.push(`broke its policy: ${what}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = Reflect.get(window, 'reportPolicyViolation') as (what: string) => void;
      report(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  return () => seen;
}
