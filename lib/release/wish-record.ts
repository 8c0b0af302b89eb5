import { z } from 'zod';
import { serviceKey } from '@/lib/fleet/keys';
import { mechanismSchema } from './mechanism';
import { headerRouteSchema, sharesSchema, versionStageSchema } from './split-body';

/** Every wish, in the key-value store of the home datacenter. */
export const WISHES_PREFIX = 'lictor/release/wishes/';

/** What a plan can put back: how it stood when the last one was made. */
const standingBeforeSchema = z.object({
  /** Null: nothing was declared. */
  shares: sharesSchema.nullable(),
  routes: z.array(headerRouteSchema),
  failover: z.array(z.string()),
  stages: z.record(z.string(), versionStageSchema),
});

/** What was last written through Lictor for a service, as every replica reads it. */
export const wishRecordSchema = z.object({
  format: z.literal(1),
  mechanism: mechanismSchema,
  /** As it was wished; null: shares were never touched and none are declared. */
  shares: sharesSchema.nullable(),
  /** What was then declared, after the mechanism's grain: what stands is held against it. */
  declares: sharesSchema.nullable(),
  /** Of mechanism `weights`: what an instance of each version bears, 0 in maintenance; else null. */
  weights: z.record(z.string(), z.int().min(0)).nullable(),
  /** Instances that bear something else and were adopted so, by key; of mechanism `weights` alone. */
  exceptions: z.record(z.string(), z.int().min(0)).default({}),
  routes: z.array(headerRouteSchema),
  failover: z.array(z.string()),
  stages: z.record(z.string(), versionStageSchema),
  /** What was done: shares moved, the last move undone, what was written put back, what stands adopted. */
  how: z.enum(['moved', 'undone', 'put-back', 'adopted']).default('moved'),
  by: z.string(),
  /** The process that planned it: no two have the same. */
  process: z.string().default(''),
  at: z.iso.datetime(),
  before: standingBeforeSchema,
});
export type WishRecord = z.infer<typeof wishRecordSchema>;

/** The key of a service's wish. A segment of dots alone would be another path in a URL. */
export function wishKey(dc: string, service: string): string {
  const segments = serviceKey(dc, service).split('/');
  return (
    WISHES_PREFIX +
    segments.map((segment) => (/^\.+$/.test(segment) ? segment.replaceAll('.', '%2E') : segment)).join('/')
  );
}

/** The service key (`<dc>/<name>`) behind a wish's key; null for another key. */
export function wishedService(key: string): string | null {
  if (!key.startsWith(WISHES_PREFIX)) return null;
  const segments = key.slice(WISHES_PREFIX.length).split('/');
  if (segments.length !== 2) return null;
  return segments.map((segment) => (/^(%2E)+$/.test(segment) ? segment.replaceAll('%2E', '.') : segment)).join('/');
}
