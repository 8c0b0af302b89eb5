import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseAllowedDestination } from './allowed-destination';
import { readConfigFile } from './config-file';
import { SettingsError } from './settings-error';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lictor-alerts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function alerts(given: object) {
  const path = join(folder, 'lictor.json');
  writeFileSync(path, JSON.stringify({ alerts: given }));
  return readConfigFile({ LICTOR_CONFIG: path }).alerts;
}

test('without a word rules are kept beside the record, and there are no webhooks', () => {
  const { rulesFile, webhooks, webhookAllow, alertmanager } = readConfigFile({}).alerts;
  expect({ rulesFile, webhooks, webhookAllow }).toEqual({ rulesFile: null, webhooks: [], webhookAllow: [] });
  expect(alertmanager).toEqual({ timeoutMs: 10_000, resendMs: 60_000 });
});

test('paths count from the folder of the file, and of a URL only its host is shown', () => {
  writeFileSync(join(folder, 'rules.yml'), '');
  writeFileSync(join(folder, 'pager.secret'), 'hush\n');
  const url = 'https://sre:hush@pager.example.org/hook/T0KEN?key=hush';
  const { rulesFile, webhooks } = alerts({
    rulesFile: 'rules.yml',
    webhooks: [{ name: 'pager', url, secretFile: 'pager.secret' }],
  });
  expect(rulesFile).toBe(join(folder, 'rules.yml'));
  expect(webhooks).toEqual([
    {
      ...{ name: 'pager', url: 'https://pager.example.org/hook/T0KEN?key=hush', basicAuth: 'sre:hush' },
      ...{ shownUrl: 'https://pager.example.org/…', secretFile: join(folder, 'pager.secret') },
      ...{ timeoutMs: 10_000, tries: 8 },
    },
  ]);
});

test.each([
  ['rulesFile', { rulesFile: 'none.yml' }],
  ['webhooks.0.url', { webhooks: [{ name: 'a', url: 'file:///hush' }] }],
  ['webhooks.0.url', { webhooks: [{ name: 'a', url: 'https://a:hush%E0@b/' }] }],
  ['webhooks.0.secretFile', { webhooks: [{ name: 'a', url: 'https://b/', secretFile: 'none' }] }],
  ['webhooks.0.name', { webhooks: [{ name: 'a b', url: 'https://b/hush' }] }],
  [
    'webhooks.1.name',
    {
      webhooks: [
        { name: 'a', url: 'https://b/hush' },
        { name: 'a', url: 'https://c/hush' },
      ],
    },
  ],
  ['webhookAllow.0', { webhookAllow: ['10.0.0.0/33'] }],
  ['alertmanager.resendMs', { alertmanager: { resendMs: 1 } }],
  ['alerts', { webhook: [] }],
])('what is wrong is named, and nothing of a URL is repeated: %s', (place, given) => {
  expect(() => alerts(given)).toThrow(SettingsError);
  expect(() => alerts(given)).toThrow(new RegExp(`LICTOR_CONFIG (?!.*hush).*${place.replaceAll('.', '\\.')}`));
});

test('of a file that is no JSON nothing is repeated', () => {
  const path = join(folder, 'lictor.json');
  writeFileSync(path, '{"alerts": {"webhooks": [{"url": hush}]}}');
  expect(() => readConfigFile({ LICTOR_CONFIG: path })).toThrow(/^LICTOR_CONFIG (?!.*hush).*not JSON/);
});

test('a destination that is allowed is a host, an address or a network', () => {
  expect(parseAllowedDestination('Alerts.Internal')).toEqual({ kind: 'host', host: 'alerts.internal' });
  const network = (address: string, prefix: number, family: string) => ({ kind: 'network', address, prefix, family });
  expect(parseAllowedDestination('10.2.0.5')).toEqual(network('10.2.0.5', 32, 'ipv4'));
  expect(parseAllowedDestination('10.0.0.0/8')).toEqual(network('10.0.0.0', 8, 'ipv4'));
  expect(parseAllowedDestination('fd00::/8')).toEqual(network('fd00::', 8, 'ipv6'));
  for (const none of ['', '10.0.0', '10.0.0.0/', '10.0.0.0/8/8', 'fd00::/129', 'fe80::1%eth0', 'a b', 'https://a']) {
    expect(parseAllowedDestination(none), none).toBeNull();
  }
});
