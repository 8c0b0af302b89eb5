import { createHash } from 'node:crypto';
import { canonicalJson } from '@/lib/configuration/canonical-json';
import { type Mechanism, mechanisms } from '@/lib/release/mechanism';
import { type SplitReading, standingOf } from './split-reading';
import type { KeptWish } from './wish-shelf';

/**
 * What a change takes as `If-Match`: a digest of what was wished, and one of what each mechanism's plans look at. It is another one wherever any of that is.
 */
export function etagOf(reading: SplitReading | null, wish: KeptWish | undefined): string {
  const images = mechanisms.map((mechanism) => digestOnce(standingOf(reading, mechanism)?.images ?? NOTHING));
  return `"${[digestOnce(wish ?? NOTHING), ...images].join('.')}"`;
}

/**
 * Whether a change by this mechanism may be made on what was seen: what was wished is the same, and so is all that its plan looks at. That an instance fell ill,
 * which weights look at, keeps nobody from moving a splitter.
 */
export function matches(seen: string, present: string, mechanism: Mechanism): boolean {
  const parts = (etag: string) => /^"(.+)"$/.exec(etag)?.[1]?.split('.') ?? [];
  const [before, now] = [parts(seen), parts(present)];
  const own = 1 + mechanisms.indexOf(mechanism);
  return before.length === now.length && [0, own].every((at) => before[at] !== undefined && before[at] === now[at]);
}

const NOTHING = {};

/** Images of many instances are large, and a record is made anew far more often than they are read. */
const digests = new WeakMap<object, string>();

function digestOnce(value: object): string {
  const known = digests.get(value);
  if (known !== undefined) return known;
  const digest = createHash('sha256').update(canonicalJson(value)).digest('base64url').slice(0, 12);
  digests.set(value, digest);
  return digest;
}
