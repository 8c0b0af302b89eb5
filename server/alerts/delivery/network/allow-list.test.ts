import { expect, test } from 'vitest';
import { parseAllowedDestination } from '@/server/config/allowed-destination';
import { AllowList } from './allow-list';

const listOf = (...entries: string[]) =>
  new AllowList(entries.map(parseAllowedDestination).filter((one) => one !== null));

test('what is public may be reached, and what is internal only where it was named', () => {
  const list = listOf('10.1.0.0/16', '192.168.0.9', 'Alerts.Internal', 'fd12::/16', '::ffff:172.16.0.0/108');
  expect(list.refusal('example.com', '8.8.8.8')).toBeNull();
  expect(list.refusal('example.com', '10.1.200.3')).toBeNull();
  expect(list.refusal('example.com', '::ffff:10.1.200.3')).toBeNull();
  expect(list.refusal('example.com', '10.2.0.1')).toBe(
    '10.2.0.1 is an internal address (private), and alerts.webhookAllow does not name it',
  );
  expect(list.refusal('example.com', '192.168.0.9')).toBeNull();
  expect(list.refusal('example.com', '192.168.0.8')).not.toBeNull();
  expect(list.refusal('example.com', 'fd12::1')).toBeNull();
  expect(list.refusal('example.com', 'fd13::1')).not.toBeNull();
  expect(list.refusal('example.com', '172.31.0.1')).toBeNull();
  expect(list.refusal('alerts.internal', '127.0.0.1')).toBeNull();
  expect(list.refusal('ALERTS.internal.', '127.0.0.1')).toBeNull();
  expect(list.refusal('other.internal', '127.0.0.1')).not.toBeNull();
});

test('a network without a length of its own is one address, and all of IPv4 allows none of IPv6', () => {
  expect(listOf('0.0.0.0/0').refusal('a', '169.254.169.254')).toBeNull();
  expect(listOf('0.0.0.0/0').refusal('a', '::1')).not.toBeNull();
  expect(listOf('::/0').refusal('a', 'fe80::1')).toBeNull();
  expect(listOf('127.0.0.1').refusal('a', '127.0.0.2')).not.toBeNull();
});
