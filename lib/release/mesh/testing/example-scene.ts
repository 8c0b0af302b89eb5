import { instanceKey } from '@/lib/fleet/keys';
import type { Instance, Status } from '@/lib/fleet/model';
import { versionOf } from '@/lib/fleet/version';
import type { JsonObject } from '@/lib/release/json';
import { type MeshKind, meshKinds } from '@/lib/release/mesh/mesh-entries';
import { type MeshFacts, type MeshPlace, type MeshScene, meshScene } from '@/lib/release/mesh/mesh-scene';

const since = '2026-01-15T02:00:00.000Z';

interface ExampleInstance {
  readonly status?: Status;
  readonly meta?: Record<string, string>;
  readonly tags?: string[];
}

/** An instance of `pay`, by default with a check of its own. */
export function exampleInstance(dc: string, id: string, version: string, over: ExampleInstance = {}): Instance {
  const { status = 'passing', meta = { version }, tags = [] } = over;
  const check = { id: `${id}:health`, name: 'health', type: 'http', output: '', notes: '', scope: 'service' as const };
  const checkStatus = status === 'maintenance' || status === 'unknown' ? 'critical' : status;
  return {
    ...{ key: instanceKey(dc, 'node', id), id, node: 'node', address: '10.0.0.1', port: 80 },
    ...{ version: versionOf(meta, tags, ['version']), tags, meta, weights: { passing: 1, warning: 1 }, status },
    ...{ since, sinceAtLeast: false, unconfirmed: false },
    checks: [{ ...check, status: checkStatus, since, sinceAtLeast: false }],
  };
}

/** `pay` in dc1, nine instances of 1.0 and one of 2.0, nothing declared. */
export const examplePlace = (dc: string, versions: Record<string, number> = { '1.0': 9, '2.0': 1 }): MeshPlace => ({
  dc,
  isLive: true,
  instances: Object.entries(versions).flatMap(([version, count]) =>
    Array.from({ length: count }, (_, at) => exampleInstance(dc, `${version}-${at}`, version)),
  ),
});

export function exampleScene(
  entries: { readonly [Kind in MeshKind]?: JsonObject } = {},
  over: Partial<MeshFacts> = {},
): MeshScene {
  const whole = Object.fromEntries(
    meshKinds.map((kind, at) => {
      const parts = entries[kind];
      return [
        kind,
        parts ? { image: { Kind: kind, Name: 'pay', ...parts }, index: 10 + at } : { image: null, index: 0 },
      ];
    }),
  ) as MeshFacts['entries'];
  return meshScene({
    ...{
      service: 'pay',
      dc: 'dc1',
      primary: 'dc1',
      writeObstacle: null,
      copies: ['dc1'],
      places: [examplePlace('dc1')],
    },
    ...{ entries: whole, globalProtocol: '', metaKeys: ['version'] },
    ...over,
  });
}
