import fc from 'fast-check';
import { apportion } from '@/lib/release/shares/apportion';
import { fromBasisPoints, WHOLE } from '@/lib/release/shares/normalize-shares';
import type { Shares } from '@/lib/release/split-body';

/** Shares of 100 in sum over some versions, some of which may have none, under names that hold anything. */
export function anyShares(most = 6): fc.Arbitrary<Shares> {
  return fc
    .uniqueArray(fc.tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), fc.nat(9)), {
      ...{ minLength: 1, maxLength: most, selector: ([version]) => version },
    })
    .filter((all) => all.some(([, weight]) => weight > 0))
    .map((all) => {
      const parts = apportion(
        WHOLE,
        all.map(([, weight]) => weight),
      );
      return fromBasisPoints(new Map(all.map(([version], at) => [version, parts[at] ?? 0])));
    });
}
