import fc from 'fast-check';
import { expect, test } from 'vitest';
import { internalAddress } from './internal-address';

test.each([
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['0.0.0.0', 'this host'],
  ['10.0.0.1', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['100.64.0.1', 'shared by a carrier'],
  ['100.127.255.255', 'shared by a carrier'],
  ['169.254.169.254', 'link-local, where clouds keep their metadata'],
  ['224.0.0.1', 'multicast'],
  ['255.255.255.255', 'reserved'],
  ['::', 'reserved'],
  ['::1', 'loopback'],
  ['0:0:0:0:0:0:0:1', 'loopback'],
  ['::127.0.0.1', 'reserved'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['fec0::1', 'reserved'],
  ['fd00:ec2::254', 'unique-local'],
  ['ff02::1', 'multicast'],
  ['::ffff:10.0.0.1', 'private'],
  ['::FFFF:a00:1', 'private'],
  ['64:ff9b::a00:1', 'private'],
  ['64:ff9b::169.254.169.254', 'link-local, where clouds keep their metadata'],
  ['64:ff9b:1::1', 'reserved'],
  ['2002:7f00:1::', 'loopback'],
  ['2001:0:1::1', 'a tunnel or reserved'],
  ['2001:db8::1', 'for documentation'],
  ['', 'no address'],
  ['localhost', 'no address'],
  ['127.1', 'no address'],
  ['0x7f.0.0.1', 'no address'],
])('%s is not public: %s', (address, is) => {
  expect(internalAddress(address)).toBe(is);
});

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '169.253.255.255',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '192.169.0.0',
  '223.255.255.255',
  '2606:4700:4700::1111',
  '2001:4860:4860::8888',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
  '2002:808:808::1',
])('%s is public', (address) => {
  expect(internalAddress(address)).toBeNull();
});

const octet = fc.integer({ min: 0, max: 255 });
const v4 = fc.tuple(octet, octet, octet, octet);
const hex = (high: number, low: number): string => ((high << 8) | low).toString(16);

test('however an IPv4 address is written or carried, it is judged alike', () => {
  fc.assert(
    fc.property(v4, ([a, b, c, d]) => {
      const is = internalAddress(`${a}.${b}.${c}.${d}`);
      for (const written of [
        `::ffff:${a}.${b}.${c}.${d}`,
        `::ffff:${hex(a, b)}:${hex(c, d)}`,
        `0:0:0:0:0:FFFF:${hex(a, b)}:${hex(c, d)}`,
        `64:ff9b::${hex(a, b)}:${hex(c, d)}`,
        `2002:${hex(a, b)}:${hex(c, d)}::1`,
      ]) {
        expect(internalAddress(written)).toBe(is);
      }
    }),
  );
});

test('of an address in a private network no bit behind the prefix makes it public', () => {
  fc.assert(
    fc.property(fc.constantFrom(10, 127, 0), octet, octet, octet, (first, b, c, d) => {
      expect(internalAddress(`${first}.${b}.${c}.${d}`)).not.toBeNull();
    }),
  );
});

test('an IPv6 address outside of 2000::/3 is never public, unless it carries a public one', () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const [first = 0] = groups;
      if (first >> 13 === 1) return;
      const mapped = groups.slice(0, 5).every((one) => one === 0) && groups[5] === 0xffff;
      const nat64 = first === 0x64 && groups[1] === 0xff9b && groups.slice(2, 6).every((one) => one === 0);
      if (mapped || nat64) return;
      expect(internalAddress(groups.map((one) => one.toString(16)).join(':'))).not.toBeNull();
    }),
  );
});
