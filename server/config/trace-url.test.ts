import { expect, it } from 'vitest';
import { SettingsError } from './settings-error';
import { traceUrl } from './trace-url';

const read = (LICTOR_TRACE_URL: string) => traceUrl({ LICTOR_TRACE_URL });

it('is none where none is set', () => {
  expect(traceUrl({})).toBeNull();
  expect(read(' ')).toBeNull();
});

it('takes a template with its places in path, query and fragment', () => {
  for (const template of [
    'https://traces.example/search?service={service}',
    'http://127.0.0.1:16686/trace/{dc}/{service}#{from}-{to}',
    'https://grafana.example/explore?left={"queries":[{"q":"{service}"}]}',
  ]) {
    expect(read(template)).toBe(template);
  }
});

it.each([
  ['{service}', 'form'],
  ['javascript:alert(1)//{service}', 'form'],
  ['traces.example/{service}', 'form'],
  ['https://{service}.traces.example/', 'before its path'],
  ['https://traces.example:{dc}/', 'form'],
  ['https://me:hidden@traces.example/{service}', 'password'],
  [`https://traces.example/${'x'.repeat(2_000)}`, 'characters'],
])('refuses %s, and does not repeat it', (template, why) => {
  const refused = () => read(template);
  expect(refused).toThrow(SettingsError);
  expect(refused).toThrow(why);
  expect(refused).not.toThrow(/hidden|xxx/);
});
