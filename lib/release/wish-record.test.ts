import fc from 'fast-check';
import { expect, it } from 'vitest';
import { serviceKey } from '@/lib/fleet/keys';
import { wishedService, wishKey } from './wish-record';

it('each service has one key, and the key leads back to it, whatever the service is called', () => {
  const names = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('.', '..', '%2E', 'a/b', '服务', '...'));
  fc.assert(
    fc.property(names, names, (dc, name) => {
      const key = wishKey(dc, name);
      expect(wishedService(key)).toBe(serviceKey(dc, name));
      // Consul takes no path that is not in its shortest form.
      expect(key.split('/').every((segment) => segment !== '' && !/^\.+$/.test(segment))).toBe(true);
    }),
  );
});

it('other keys belong to no service', () => {
  expect(['lictor/leader', 'lictor/release/intents/dc1/web', 'lictor/release/wishes/dc1'].map(wishedService)).toEqual([
    ...[null, null, null],
  ]);
});
