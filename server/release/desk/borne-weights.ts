import { borneWeights } from '@/lib/release/drift/weight-differences';
import type { WishRecord } from '@/lib/release/wish-record';
import type { Standing } from '@/server/release/actuator';

/** What the instances bear where weights divide; nothing elsewhere. */
export function borneIn({ mechanism, instances }: Standing): Pick<WishRecord, 'weights' | 'exceptions'> {
  return mechanism === 'weights' && instances ? borneWeights(instances) : { weights: null, exceptions: {} };
}
