import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import { type JournaledPlan, journaledPlanSchema } from '@/lib/release/journal/intent';

/** Consul takes 512 KB a request, in which a part is base64. */
const PART_BYTES = 300_000;

/** More than that, packed, is no plan of a person any more. */
export const MOST_PARTS = 16;

/** Before it is packed; a bound on what is unpacked. */
const MOST_PLAN_BYTES = 64 * 1024 * 1024;

const pack = promisify(gzip);
const unpack = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

/** The plan as JSON, gzipped, cut to what one value of Consul holds. Images of before and after lie side by side there, so it packs well. */
export async function planParts(plan: JournaledPlan): Promise<readonly Buffer[]> {
  // A person waits for it: the first level is five times as fast as the usual one.
  const packed = await pack(JSON.stringify(plan), { level: constants.Z_BEST_SPEED });
  const count = Math.max(1, Math.ceil(packed.length / PART_BYTES));
  return Array.from({ length: count }, (_, part) => packed.subarray(part * PART_BYTES, (part + 1) * PART_BYTES));
}

/** Rejects where the parts are none of `planParts`. */
export async function planOfParts(parts: readonly Buffer[]): Promise<JournaledPlan> {
  const text = await unpack(Buffer.concat(parts), { maxOutputLength: MOST_PLAN_BYTES });
  return journaledPlanSchema.parse(JSON.parse(text.toString('utf8')));
}
