import { expect, test } from 'vitest';
import { prometheusSettings } from './prometheus-settings';
import { SettingsError } from './settings-error';

const of = (url: string) => prometheusSettings({ LICTOR_PROMETHEUS_URL: url });

test('without a URL there is none', () => {
  expect(prometheusSettings({})).toBeNull();
  expect(of('')).toBeNull();
});

test('a path prefix stays, user information goes where it is not shown', () => {
  expect(of('https://prometheus.example.org/prom/')).toEqual({
    url: 'https://prometheus.example.org/prom',
    basicAuth: null,
  });
  expect(of('http://sre:p%40ss@127.0.0.1:9090')).toEqual({ url: 'http://127.0.0.1:9090', basicAuth: 'sre:p@ss' });
});

test.each([
  'prometheus:9090',
  'ftp://prometheus:9090',
  'http://prometheus:9090/?query=secret',
  'http://sre:secret%E0@prometheus:9090',
])('%s is refused in one line that does not repeat it', (url) => {
  expect(() => of(url)).toThrow(SettingsError);
  expect(() => of(url)).toThrow(/^LICTOR_PROMETHEUS_URL (?!.*secret).*\.$/);
});
