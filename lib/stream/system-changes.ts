import { dequal } from 'dequal/lite';
import { datacenterKey, keySegments } from '@/lib/fleet/keys';
import type { SystemBody } from '@/lib/system/system-body';
import type { Change } from './protocol';
import { removeSorted, upsertSorted } from './sorted';

/** What the topic `system` carries; its place in the stream makes a body of it. */
export type SystemState = Omit<SystemBody, 'epoch' | 'seq' | 'at'>;

type Datacenter = SystemBody['datacenters'][number];
type Plan = Omit<Datacenter, 'consul'>;

/**
 * What brings a reader from one state to the next. Key `<dc>` is a datacenter's record without `consul`, `<dc>/consul` what Consul says of
 * itself there, `/<field>` any other field: no datacenter has an empty name. An age that grows is no change; heartbeats carry it.
 */
export function systemChanges(before: SystemState, after: SystemState): Change[] {
  const changes: Change[] = [];
  const add = (key: string, value: unknown) =>
    changes.push({ key, op: value === null ? 'remove' : 'put', value, from: null, merged: false });
  const { datacenters: datacentersBefore, ...fieldsBefore } = before;
  const { datacenters, ...fields } = after;
  for (const { name } of datacentersBefore) {
    if (!datacenters.some((dc) => dc.name === name)) add(datacenterKey(name), null);
  }
  for (const { consul, ...plan } of datacenters) {
    const known = datacentersBefore.find(({ name }) => name === plan.name);
    if (!known || !dequal(withoutAge(known), withoutAge({ ...plan, consul: known.consul }))) {
      add(datacenterKey(plan.name), plan);
    }
    if (consul !== null && !dequal(known?.consul, consul)) add(`${datacenterKey(plan.name)}/consul`, consul);
  }
  for (const [field, value] of Object.entries(fields)) {
    if (!dequal(Reflect.get(fieldsBefore, field), value)) add(`/${field}`, value);
  }
  return changes;
}

/** The body after such changes, without its stamp. */
export function foldSystem(body: SystemBody, changes: readonly Change[]): SystemBody {
  return changes.reduce(foldOne, body);
}

function foldOne(body: SystemBody, { key, value }: Change): SystemBody {
  const [first = '', second] = keySegments(key) ?? [];
  if (first === '') return second === undefined ? body : { ...body, [second]: value };
  const { datacenters } = body;
  const known = datacenters.find(({ name }) => name === first);
  if (second === undefined) {
    if (value === null) return { ...body, datacenters: removeSorted(datacenters, first, byName) };
    const datacenter = { ...(value as Plan), consul: known?.consul ?? null };
    return { ...body, datacenters: upsertSorted(datacenters, datacenter, byName) };
  }
  if (!known) return body;
  const consul = value as Datacenter['consul'];
  return { ...body, datacenters: upsertSorted(datacenters, { ...known, consul }, byName) };
}

const byName = ({ name }: Plan): string => name;

const withoutAge = (datacenter: Datacenter): Datacenter => ({
  ...datacenter,
  freshness: { ...datacenter.freshness, lastContactMs: null },
});
