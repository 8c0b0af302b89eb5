import { expect, test } from 'vitest';
import { AllowList } from './allow-list';
import { checkedAddresses, lookupOf, type Resolve } from './checked-addresses';

const nothingInternal = new AllowList([]);
const resolving =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
const checked = (url: string, resolve: Resolve) => checkedAddresses(new URL(url), nothingInternal, resolve);

test('a name goes to the addresses that it has', async () => {
  const addresses = await checked('https://hooks.example/x', resolving('8.8.8.8', '2606:4700::1'));
  expect(addresses.map(({ address }) => address)).toEqual(['8.8.8.8', '2606:4700::1']);
});

test('one internal address beside others refuses them all', async () => {
  await expect(checked('http://hooks.example/', resolving('8.8.8.8', '127.0.0.1'))).rejects.toThrow(
    /^127\.0\.0\.1 is an internal address \(loopback\)/,
  );
});

test.each([
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://169.254.169.254/latest/meta-data/',
])('%s is refused, and nothing is looked up', async (url) => {
  const resolve: Resolve = () => {
    throw new Error('looked up');
  };
  await expect(checked(url, resolve)).rejects.toThrow(/is an internal address/);
});

test('a name that is not known, or has no address, is a reason', async () => {
  const unknown: Resolve = async () => {
    throw Object.assign(new Error(), { code: 'ENOTFOUND' });
  };
  await expect(checked('http://nowhere.example/', unknown)).rejects.toThrow(/could not be looked up \(ENOTFOUND\)/);
  await expect(checked('http://nowhere.example/', resolving())).rejects.toThrow(/has no address/);
});

test('a connection asks for no address but those that were checked', () => {
  const addresses = [
    { address: '8.8.8.8', family: 4 },
    { address: '2606:4700::1', family: 6 },
  ];
  const heard: unknown[] = [];
  const note = (...heardNow: unknown[]) => heard.push(heardNow);
  lookupOf(addresses)('rebound.example', { all: true }, note);
  lookupOf(addresses)('rebound.example', {}, note);
  expect(heard).toEqual([
    [null, addresses],
    [null, '8.8.8.8', 4],
  ]);
});
