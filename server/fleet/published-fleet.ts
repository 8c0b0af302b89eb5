import { datacenterKey } from '@/lib/fleet/keys';
import type { ConsulReach, DatacenterRecord, FleetBody, NodesBody } from '@/lib/fleet/model';
import type { Sighting } from '@/lib/fleet/observation';
import { foldChange } from '@/lib/stream/fold';
import type { Change, Topic } from '@/lib/stream/protocol';
import type { Publisher } from './publisher';

/** Where an observation stands in Consul's own order. */
export interface Provenance {
  readonly index: number | null;
  /** The answer may stand for more transitions than it shows. */
  readonly merged: boolean;
}

/** The bodies of the topics `fleet` and `nodes`, folded of nothing but what is published: so they are what every client has. */
export class PublishedFleet {
  #fleet: FleetBody;
  #nodes: NodesBody;

  constructor(
    private readonly publisher: Publisher,
    private readonly nowIso: () => string,
    private readonly consulReach: () => ConsulReach,
    /** A datacenter's record as of now, its age included. */
    private readonly recordOf: (dc: string) => DatacenterRecord | undefined,
  ) {
    this.#fleet = { ...this.stamp(), datacenters: [], consul: consulReach() };
    this.#nodes = { ...this.stamp(), datacenters: [] };
  }

  get fleetBody(): FleetBody {
    return { ...this.#current(this.#fleet), consul: this.consulReach() };
  }

  get nodesBody(): NodesBody {
    return this.#current(this.#nodes);
  }

  /** What each body carries. */
  stamp(): { epoch: number; seq: number; at: string } {
    return { epoch: this.publisher.epoch, seq: this.publisher.seq, at: this.nowIso() };
  }

  publish(topic: Topic, sighting: Sighting, provenance: Provenance, changes: readonly Change[]): void {
    if (changes.length === 0) return;
    const event = this.publisher.publish(topic, { observedAt: sighting.at, index: provenance.index, changes });
    if (topic === 'fleet') this.#fleet = foldChange(this.#fleet, topic, event) as FleetBody;
    if (topic === 'nodes') this.#nodes = foldChange(this.#nodes, topic, event) as NodesBody;
  }

  /** A datacenter's record; null: it is gone. */
  publishDatacenter(name: string, value: DatacenterRecord | null): void {
    const at = this.nowIso();
    const change: Change = { key: datacenterKey(name), op: value ? 'put' : 'remove', value, from: null, merged: false };
    for (const topic of ['fleet', 'nodes'] as const) {
      this.publish(topic, { at, afterGap: false }, { index: null, merged: false }, [change]);
    }
  }

  /** A folded body as of now: its place in the stream, and the age of what each datacenter last said. */
  #current<Body extends { datacenters: DatacenterRecord[] }>(body: Body): Body {
    const datacenters = body.datacenters.map((dc) => ({ ...dc, ...this.recordOf(dc.name) }));
    return { ...body, ...this.stamp(), datacenters };
  }
}
