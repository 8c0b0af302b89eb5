import { describe, expect, test } from 'vitest';
import { failedText, playwrightFailures, vitestFailures } from './failed-tests.mjs';

describe('what failed is said by name at the end', () => {
  test('of a report by vitest, also a file that could not be read', () => {
    const report = {
      testResults: [
        {
          name: 'e2e/a.itest.ts',
          status: 'failed',
          assertionResults: [
            { status: 'passed', fullName: 'holds' },
            { status: 'failed', fullName: 'breaks', failureMessages: ['expected 1 to be 2'] },
          ],
        },
        { name: 'e2e/b.itest.ts', status: 'failed', message: 'no such module', assertionResults: [] },
        { name: 'e2e/c.itest.ts', status: 'passed', assertionResults: [] },
      ],
    };
    expect(vitestFailures(report)).toEqual([
      { title: 'e2e/a.itest.ts › breaks', message: 'expected 1 to be 2' },
      { title: 'e2e/b.itest.ts', message: 'no such module' },
    ]);
  });

  test('of a report by Playwright, nested, flaky ones too', () => {
    const spec = (title: string, status: string) => ({
      title,
      file: 'pages/a.spec.ts',
      ok: status === 'expected',
      tests: [{ status, results: [{ errors: [{ message: `${title}: too late` }] }] }],
    });
    const report = {
      suites: [
        {
          title: 'a',
          specs: [spec('one', 'expected')],
          suites: [{ title: 'b', specs: [spec('two', 'unexpected'), spec('three', 'flaky')] }],
        },
      ],
      errors: [{ message: 'the server did not start' }],
    };
    expect(playwrightFailures(report)).toEqual([
      { title: 'pages/a.spec.ts › two', message: 'two: too late' },
      { title: 'pages/a.spec.ts › three', message: 'three: too late' },
      { title: 'outside any test', message: 'the server did not start' },
    ]);
  });

  test('with the beginning of its message, without colours', () => {
    const message = `\u001b[31m${Array.from({ length: 40 }, (_, at) => `line ${at}`).join('\n')}\u001b[0m`;
    const lines = failedText([{ title: 'a › b', message }]).split('\n');
    expect(lines[0]).toBe('FAILED a › b');
    expect(lines[1]).toBe('    line 0');
    expect(lines).toHaveLength(13);
  });
});
