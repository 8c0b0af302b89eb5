import { serviceKey } from '@/lib/fleet/keys';
import type { Instance } from '@/lib/fleet/model';
import { metadataEdges } from '@/lib/topology/declared-upstreams';
import type { NodeEvidence } from '@/lib/topology/edge-evidence';
import type { Clock } from '@/server/consul/clock';
import type { FleetStep } from './fleet-step';
import type { TopologyTold } from './told';

export interface MetadataSourceOptions {
  readonly clock: Clock;
  readonly told: TopologyTold;
  readonly upstreamsMetaKey: string;
  readonly kindMetaKey: string;
}

const KINDS = ['gateway', 'database', 'queue'] as const;

/** What services say of themselves in their metadata: whom they call, and what they are. */
export class MetadataSource {
  readonly #options: MetadataSourceOptions;
  /** By the key of the service: what was told last. */
  readonly #said = new Map<string, string>();

  constructor(options: MetadataSourceOptions) {
    this.#options = options;
  }

  onService({ dc, name, next }: FleetStep): void {
    const { told, clock, upstreamsMetaKey, kindMetaKey } = this.#options;
    const key = serviceKey(dc, name);
    const instances = next?.instances ?? [];
    const upstreams = valuesOf(instances, upstreamsMetaKey).join(',');
    const [kind = ''] = valuesOf(instances, kindMetaKey);
    const said = `${kind}\n${upstreams}`;
    if ((this.#said.get(key) ?? '\n') === said) return;
    if (said === '\n') {
      this.#said.delete(key);
      told.untell(idOf(key));
      return;
    }
    this.#said.set(key, said);
    const nowMs = clock.now();
    const { edges, nodes } = metadataEdges({ dc, name }, upstreams, upstreamsMetaKey, nowMs);
    told.tell({ id: idOf(key), edges, nodes: [...nodes, ...nodesOf(key, kind)] }, nowMs);
  }
}

const idOf = (key: string): string => `metadata ${key}`;

/** Of all instances, sorted: while one version replaces another they may differ. */
function valuesOf(instances: readonly Instance[], metaKey: string): string[] {
  const values = new Set<string>();
  for (const { meta } of instances) {
    const value = Object.hasOwn(meta, metaKey) ? meta[metaKey] : undefined;
    if (value) values.add(value);
  }
  return [...values].sort();
}

/** Others may use the key for kinds of their own, which is no fault. */
function nodesOf(key: string, text: string): NodeEvidence[] {
  const kind = KINDS.find((one) => one === text);
  return kind ? [{ key, kind }] : [];
}
