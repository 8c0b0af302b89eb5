import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDemoFlags } from './demo-flags.mjs';

describe('the flags of the demo', () => {
  test('are three datacenters of the shop alone on any port by default', () => {
    const plain = { port: null, datacenters: 3, services: 0, instances: 5, tls: false, acl: false };
    expect(parseDemoFlags([])).toEqual(plain);
  });

  test('take numbers in both spellings, and switches', () => {
    const flags = parseDemoFlags([
      '--port',
      '4000',
      '--services=20',
      '--instances',
      '3',
      '--datacenters=2',
      '--tls',
      '--acl',
    ]);
    expect(flags).toEqual({ port: 4000, datacenters: 2, services: 20, instances: 3, tls: true, acl: true });
  });

  test('refuse one that does not exist, by its name', () => {
    expect(() => parseDemoFlags(['--wombat'])).toThrow(/--wombat/);
    expect(() => parseDemoFlags(['stray'])).toThrow(/stray/);
  });

  test('refuse whatever is no whole number in bounds, and name the bounds', () => {
    for (const text of ['0', '65536', '1.5', '1e3', 'many', '']) {
      expect(() => parseDemoFlags([`--port=${text}`])).toThrow('--port takes a whole number from 1 to 65535');
    }
    const outside = fc.oneof(fc.integer({ max: 0 }), fc.integer({ min: 65_536 }));
    fc.assert(
      fc.property(outside, (port) => {
        expect(() => parseDemoFlags([`--port=${port}`])).toThrow('--port takes');
      }),
    );
    const inside = fc.integer({ min: 1, max: 65_535 });
    fc.assert(
      fc.property(inside, (port) => {
        expect(parseDemoFlags([`--port=${port}`]).port).toBe(port);
      }),
    );
  });
});
