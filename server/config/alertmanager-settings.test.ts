import { expect, test } from 'vitest';
import { alertmanagerSettings } from './alertmanager-settings';
import { SettingsError } from './settings-error';

const of = (urls: string) => alertmanagerSettings({ LICTOR_ALERTMANAGER_URL: urls });

test('without a URL there is none', () => {
  expect(alertmanagerSettings({})).toEqual([]);
  expect(of('')).toEqual([]);
});

test('several stand between commas; a path prefix stays, user information goes where it is not shown', () => {
  expect(of('http://127.0.0.1:9093, https://sre:p%2Css@alerts.example.org/am/')).toEqual([
    { url: 'http://127.0.0.1:9093', basicAuth: null },
    { url: 'https://alerts.example.org/am', basicAuth: 'sre:p,ss' },
  ]);
});

test.each([
  'alertmanager:9093',
  'ftp://secret:9093',
  'http://a:9093,',
  'http://a:9093/?token=secret',
  'http://a:9093/#secret',
  'http://sre:secret%E0@a:9093',
  'http://secret:9093,http://secret:9093/',
  Array.from({ length: 11 }, (_, at) => `http://secret:${9_000 + at}`).join(),
])('%s is refused in one line that does not repeat it', (urls) => {
  expect(() => of(urls)).toThrow(SettingsError);
  expect(() => of(urls)).toThrow(/^LICTOR_ALERTMANAGER_URL (?!.*secret).*\.$/);
});
