import type { ConsulHttp } from '@/e2e/world/consul-http';
import { intentKey } from '@/lib/release/journal/journal-keys';
import type { JsonObject } from '@/lib/release/json';
import type { PlannedWrite } from '@/lib/release/planned-write';
import type { PlanRequest } from '@/server/release/journal/plan-executor';

const KINDS = ['service-defaults', 'service-resolver', 'service-splitter'] as const;
const subset = (version: string) => ({ Filter: `Service.Meta.version == ${version}` });

/**
 * Writes what stands before, and plans five writes in four stages on it: a key that is not there yet, a service's defaults, its resolver, and at once its
 * splitter and a key that is there.
 * @param isNew there is no splitter before
 */
export async function mixedPlan(consul: ConsulHttp, service: string, isNew = false): Promise<PlanRequest> {
  const entries: [JsonObject, JsonObject][] = [
    [
      { Kind: 'service-defaults', Name: service, Protocol: 'http' },
      { Kind: 'service-defaults', Name: service, Protocol: 'http2' },
    ],
    [
      { Kind: 'service-resolver', Name: service, Subsets: { v1: subset('v1') } },
      { Kind: 'service-resolver', Name: service, Subsets: { v1: subset('v1'), v2: subset('v2') } },
    ],
    [
      { Kind: 'service-splitter', Name: service, Splits: [{ Weight: 100, ServiceSubset: 'v1' }] },
      {
        Kind: 'service-splitter',
        Name: service,
        Splits: [
          { Weight: 90, ServiceSubset: 'v1' },
          { Weight: 10, ServiceSubset: 'v2' },
        ],
      },
    ],
  ];
  const planned: PlannedWrite[] = [];
  for (const [position, [before, after]] of entries.entries()) {
    const entryKind = String(before.Kind);
    if (!isNew || entryKind !== 'service-splitter') await consul.put('/v1/config', before);
    const { index, entry } = await entryOf(consul, entryKind, service);
    // As Consul has it, with all that it fills in; what a plan keeps of it is kept to the byte.
    planned.push({
      ...{ kind: 'config-entry', dc: 'dc1', target: `dc1 config ${entryKind}/${service}`, stage: position + 1 },
      ...{ entryKind, name: service, before: entry, after: { ...entry, ...after }, index },
    });
  }
  const newKey = `app/${service}/routes`;
  const oldKey = `app/${service}/weights`;
  await consul.put(`/v1/kv/${oldKey}`, { old: 'text' });
  const [stood] = await consul.get<{ ModifyIndex: number }[]>(`/v1/kv/${oldKey}`);
  const kv = { kind: 'kv', dc: 'dc1' } as const;
  const writes: PlannedWrite[] = [
    { ...kv, target: `dc1 kv ${newKey}`, stage: 0, key: newKey, before: null, after: 'new <&"\u{1f600}', index: 0 },
    ...planned,
    {
      ...{ ...kv, target: `dc1 kv ${oldKey}`, stage: 3, key: oldKey },
      ...{ before: '{"old":"text"}', after: '{"new":"text"}', index: stood?.ModifyIndex ?? 0 },
    },
  ];
  const wish = { key: `lictor/release/wishes/dc1/${service}`, value: '{"wished":10}' };
  return { dc: 'dc1', service, mechanism: 'mesh', by: 'anna', writes, wish };
}

async function entryOf(
  consul: ConsulHttp,
  kind: string,
  name: string,
): Promise<{ index: number; entry: JsonObject | null }> {
  const found = await consul.get<JsonObject>(`/v1/config/${kind}/${name}`).catch(nullWhereNone);
  if (found === null) return { index: 0, entry: null };
  const { CreateIndex: _, ModifyIndex, ...entry } = found;
  return { index: Number(ModifyIndex), entry };
}

export interface Standing {
  readonly keys: readonly { readonly Key: string; readonly Value: string; readonly Flags: number }[];
  /** Null: there is none. */
  readonly entries: readonly (JsonObject | null)[];
}

/** Everything that the plan of a service writes, as it stands, without the indexes. */
export async function standingOf(consul: ConsulHttp, service: string): Promise<Standing> {
  const keys = await consul.get<Standing['keys']>(`/v1/kv/app/${service}/?recurse`);
  const entries = KINDS.map(async (kind) => (await entryOf(consul, kind, service)).entry);
  return { keys: keys.map(({ Key, Value, Flags }) => ({ Key, Value, Flags })), entries: await Promise.all(entries) };
}

/** What stands when a plan is through. */
export function afterOf({ service, writes }: PlanRequest): unknown {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const keys = writes
    .flatMap((write) => (write.kind === 'kv' ? [{ Key: write.key, Value: base64(write.after), Flags: 0 }] : []))
    .sort((a, b) => (a.Key < b.Key ? -1 : 1));
  const entries = KINDS.map((kind) =>
    writes.find((write) => write.kind === 'config-entry' && write.entryKind === kind && write.name === service),
  ).map((write) => write?.after);
  return { keys, entries };
}

/** Every key of the journal that stands for a service, its wish apart. */
export async function journalOf(consul: ConsulHttp, service: string): Promise<string[]> {
  const keys = await consul.get<string[]>('/v1/kv/lictor/release/?keys').catch(nullWhereNone);
  return (keys ?? []).filter(
    (key) => key === intentKey('dc1', service) || key.startsWith(`lictor/release/plans/dc1/${service}/`),
  );
}

/** Whether the wish of the service is stored. */
export async function isWishStored(consul: ConsulHttp, service: string): Promise<boolean> {
  const keys = await consul.get<string[]>('/v1/kv/lictor/release/?keys').catch(nullWhereNone);
  return (keys ?? []).includes(`lictor/release/wishes/dc1/${service}`);
}

function nullWhereNone(error: Error & { status?: number }): null {
  if (error.status === 404) return null;
  throw error;
}
