import { expect } from 'vitest';
import type { LictorUnderTest } from './lictor-for';
import type { RawBodies } from './raw-fleet';
import { compareWithConsul, type Followed } from './sameness';

/**
 * Resolves once Lictor's bodies, and what `followed` has folded, equal a fresh full read of Consul in every field that Consul determines. After the
 * deadline it fails with what differs.
 */
export async function untilSame(
  lictor: LictorUnderTest,
  consulAddress: string,
  followed?: Followed,
  deadlineMs = 30_000,
): Promise<RawBodies> {
  const giveUpAt = performance.now() + deadlineMs;
  for (;;) {
    const last = performance.now() > giveUpAt;
    const compared = await compareWithConsul(lictor, consulAddress, followed).catch((error: Error) => {
      if (last) throw error;
      return null;
    });
    if (compared === null) continue;
    if (compared.same) return compared.raw;
    if (last) {
      expect(compared.published).toEqual(compared.raw);
      expect(compared.folded).toEqual(compared.wanted);
    }
  }
}
