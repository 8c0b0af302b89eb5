import { z } from 'zod';
import { keySegments } from '@/lib/fleet/keys';
import type { AskedRange } from '@/lib/history/time-range';
import type { Scope } from '@/server/history/queries/scope';
import { Problem } from './problems';

const time = z.iso.datetime({ offset: true });
const name = z.string().min(1);

export const rangeQuery = z.object({
  from: time.optional().describe('ISO 8601; the start of the record where it is left out, or earlier'),
  to: time.optional().describe('ISO 8601, not included; now where it is left out, or later'),
});

export const scopeQuery = z.object({
  dc: name.optional().describe('Datacenter; all where it is left out'),
  service: name.optional().describe("A service's name"),
  node: name.optional().describe("A node's name; asks for `dc`"),
  instance: name.optional().describe('`<dc>/<node>/<service id>`, each segment percent-encoded'),
});

export const atQuery = z.object({
  at: time.optional().describe('ISO 8601: as it was at this moment, by the record'),
});

/** @throws Problem where it names no one thing */
export function scopeOf({ dc, service, node, instance }: z.infer<typeof scopeQuery>): Scope {
  if (instance !== undefined) {
    const [instanceDc, ...rest] = keySegments(instance) ?? [];
    if (!instanceDc || rest.length !== 2 || (dc !== undefined && dc !== instanceDc))
      throw new Problem('invalid-request', 'instance is no key <dc>/<node>/<service id> of this datacenter.');
    return { dc: instanceDc, service: service ?? null, node: node ?? null, instance };
  }
  if (node !== undefined && dc === undefined)
    throw new Problem('invalid-request', 'A node has its name in one datacenter: say which, by dc.');
  return { dc: dc ?? null, service: service ?? null, node: node ?? null, instance: null };
}

/** @throws Problem where it ends before it begins */
export function rangeOf({ from, to }: z.infer<typeof rangeQuery>): AskedRange {
  const range = {
    fromMs: from === undefined ? null : Date.parse(from),
    toMs: to === undefined ? null : Date.parse(to),
  };
  if (range.fromMs !== null && range.toMs !== null && range.fromMs >= range.toMs)
    throw new Problem('invalid-request', 'from is not before to.');
  return range;
}
