import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleDatacenter, exampleFleet, exampleService } from '@/lib/fleet/example-fleet';
import { statusSchema } from '@/lib/fleet/model';
import { packFleet, unpackFleet } from './packed-fleet';

const services = fc.array(
  fc.record({
    name: fc.string({ minLength: 1, unit: 'binary' }),
    instances: fc.array(fc.constantFrom(...statusSchema.options), { maxLength: 5 }),
    rest: fc.record({
      ...{ tags: fc.array(fc.string()), flapping: fc.option(fc.nat()), sinceAtLeast: fc.boolean() },
      ...{ unconfirmed: fc.nat(), versions: fc.dictionary(fc.string(), fc.nat(), { noNullPrototype: true }) },
    }),
  }),
);

test('a fleet that was packed, written and read is the same fleet', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ minLength: 1 }), services)), (datacenters) => {
      const body = exampleFleet(
        ...datacenters.map(([dc, all]) =>
          exampleDatacenter(
            dc,
            all.map(({ name, instances, rest }) => exampleService(dc, name, instances, rest)),
          ),
        ),
      );
      const written = JSON.stringify(packFleet(body));
      expect(unpackFleet(JSON.parse(written))).toEqual(JSON.parse(JSON.stringify(body)));
    }),
  );
});
