import type { CheckStatus, FreshnessState } from '@/lib/fleet/model';
import type { ObservedCheck } from '@/lib/fleet/observation';
import type { NodeDetail } from '@/lib/fleet/observe-node';
import type { ServiceDetail } from '@/lib/fleet/observe-service';
import { nodeTransitions, recordedNode } from '@/lib/history/node-transitions';
import { serviceTransitions } from '@/lib/history/service-transitions';
import type { Gap, RecordedTransition, Transition, TransitionKind } from '@/lib/history/transition';
import type { ChangeEvent, Topic } from '@/lib/stream/protocol';
import type { FlapRecord } from '@/server/alerts/flaps/flap-record';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import type { FleetObserver, Step } from '@/server/fleet/fleet-observer';
import { FleetStore } from '@/server/fleet/fleet-store';

const PLAIN = { name: '', type: 'ttl', output: '', notes: '' };
const FROM = { index: null, merged: false };

/** A datacenter `dc1` for tests: a real store, a clock of the test's own, and what a record would hold of it. */
export class SmallWorld {
  readonly clock = new ManualClock(1_767_225_600_000);
  readonly published: ChangeEvent[] = [];
  readonly store: FleetStore;
  synced = true;
  /** Everything that was watched. */
  readonly transitions: RecordedTransition[] = [];
  readonly gaps: Gap[] = [];
  #freshness = { state: 'live' as FreshnessState, sinceMs: this.clock.now(), lastContactAtMs: null as number | null };

  /** Takes what is published, as the stream does. */
  readonly publish = (
    topic: Topic,
    publication: Pick<ChangeEvent, 'observedAt' | 'index' | 'changes'>,
  ): ChangeEvent => {
    const event = { topic, seq: this.published.length + 1, at: this.at, ...publication };
    this.published.push(event);
    return event;
  };

  constructor() {
    const reach = { address: '', reachable: true, since: this.at, reason: null };
    const limits = { share: 1, withinMs: 5_000, least: 1_000, nowMs: () => this.clock.now() };
    const world = this;
    const publisher = {
      epoch: 1,
      get seq() {
        return world.published.length;
      },
      publish: this.publish,
    };
    this.store = new FleetStore(
      publisher,
      () => this.at,
      () => reach,
      limits,
    );
    this.store.observe(this.#recorder());
    this.freshness('live');
  }

  get at(): string {
    return this.clock.iso(this.clock.now());
  }

  freshness(state: FreshnessState, leader: string | null = '127.0.0.1:8300'): void {
    const nowMs = this.clock.now();
    if (state !== this.#freshness.state) this.#freshness = { ...this.#freshness, state, sinceMs: nowMs };
    if (state === 'live') this.#freshness.lastContactAtMs = null;
    else this.#freshness.lastContactAtMs ??= nowMs;
    const { sinceMs, lastContactAtMs } = this.#freshness;
    const lastContactMs = lastContactAtMs === null ? 0 : nowMs - lastContactAtMs;
    const reason = state === 'live' ? null : 'It does not answer.';
    const freshness = { state, since: this.clock.iso(sinceMs), lastContactMs, reason };
    this.store.seeDatacenter({ name: 'dc1', freshness, partial: false, leader, unconfirmed: null });
  }

  /** All instances of a service, as `<node>/<id>`, by the status of their one check; `nodeChecks` by node, where there are any; `inMaintenance` names some of them. */
  service(
    name: string,
    instances: Readonly<Record<string, CheckStatus>>,
    nodeChecks: Readonly<Record<string, CheckStatus>> = {},
    afterGap = false,
    inMaintenance: readonly string[] = [],
  ): void {
    const observed = Object.entries(instances).map(([place, status]) => {
      const [node = '', id = ''] = place.split('/');
      const own = { ...PLAIN, id: 'ttl', status, scope: 'service' } as ObservedCheck;
      const ended = {
        ...PLAIN,
        id: `_service_maintenance:${id}`,
        status: 'critical',
        scope: 'service',
      } as ObservedCheck;
      const [ofNode] = Object.entries(nodeChecks).filter(([on]) => on === node);
      const checks = ofNode
        ? [own, { ...PLAIN, id: 'disk', status: ofNode[1], scope: 'node' } as ObservedCheck]
        : [own];
      if (inMaintenance.includes(place)) checks.push(ended);
      const texts = { id, node, address: '10.0.0.1', port: 80, tags: [], meta: {} };
      return { ...texts, weights: { passing: 1, warning: 1 }, checks };
    });
    const seen = { dc: 'dc1', name, instances: observed, unreadable: [], versionMetaKeys: ['version'] };
    this.store.seeService({ ...seen, at: this.at, afterGap }, FROM);
  }

  nodes(checks: Readonly<Record<string, CheckStatus>>): void {
    const nodes = Object.entries(checks).map(([name, status]) => {
      return {
        name,
        address: '10.0.0.1',
        meta: {},
        checks: [{ ...PLAIN, id: 'disk', status, scope: 'node' as const }],
      };
    });
    this.store.seeNodes('dc1', nodes, { at: this.at, afterGap: false }, FROM);
  }

  /** As the record gives it. */
  get record(): FlapRecord {
    return {
      settled: async () => true,
      transitions: async ({ fromMs, toMs, kinds, afterId, limit }) =>
        this.transitions
          .filter(({ id, observedAtMs, kind }) => {
            return id > (afterId ?? 0) && observedAtMs >= fromMs && observedAtMs < toMs && isOneOf(kinds, kind);
          })
          .slice(0, limit),
      gaps: async () => this.gaps,
      standing: async (atMs) => {
        const known = this.transitions.some(({ observedAtMs }) => observedAtMs < atMs);
        return { datacenters: known ? ['dc1'] : [], maintained: [] };
      },
    };
  }

  #recorder(): FleetObserver {
    const origin = ({ sighting, provenance }: Pick<Step<unknown>, 'sighting' | 'provenance'>) => ({
      ...{ observedAtMs: Date.parse(sighting.at), ...provenance, unwatchedFromMs: sighting.afterGap ? 0 : null },
    });
    const stateOf = (detail: ServiceDetail | undefined) =>
      detail && { status: detail.service.status, instances: detail.instances };
    const nodeOf = (detail: NodeDetail | undefined) => detail && recordedNode(detail);
    return {
      onService: (step) =>
        this.#keep(serviceTransitions(step.dc, step.name, stateOf(step.previous), stateOf(step.next), origin(step))),
      onNode: (step) => this.#keep(nodeTransitions(step.dc, nodeOf(step.previous), nodeOf(step.next), origin(step))),
      onDatacenter: () => {},
    };
  }

  #keep(transitions: readonly Transition[]): void {
    for (const transition of transitions) this.transitions.push({ ...transition, id: this.transitions.length + 1 });
  }
}

const isOneOf = (kinds: readonly TransitionKind[], kind: TransitionKind): boolean => kinds.includes(kind);
