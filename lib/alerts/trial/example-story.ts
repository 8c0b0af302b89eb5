import { instanceKey } from '@/lib/fleet/keys';
import type { Status } from '@/lib/fleet/model';
import { statusOfInstances } from '@/lib/fleet/status';
import { nodeTransitions } from '@/lib/history/node-transitions';
import type { PastDatacenter, RecordedInstance, RecordedNode } from '@/lib/history/recorded';
import { type ServiceState, serviceTransitions } from '@/lib/history/service-transitions';
import { datacenterSubject } from '@/lib/history/subjects';
import type { Gap, RecordedTransition, Transition } from '@/lib/history/transition';

export const STORY_DC = 'dc1';

/** A datacenter's story for tests, written down as a recorder would: say what becomes of something, and when. Times are ms since 1970. */
export class RecordedStory {
  readonly services = new Map<string, ServiceState>();
  readonly nodes = new Map<string, RecordedNode>();
  readonly transitions: RecordedTransition[] = [];
  readonly gaps: Gap[] = [];
  readonly sinceMs = new Map<string, number>();
  freshness = 'live';

  get past(): PastDatacenter {
    const services = [...this.services].map(([name, state]) => ({ name, ...state, lastIndex: null }));
    const { freshness, nodes, sinceMs } = this;
    return { dc: STORY_DC, freshness, services, nodes: [...nodes.values()], sinceMs: new Map(sinceMs) };
  }

  /** @param status null: it goes */
  instance(atMs: number, service: string, node: string, id: string, status: Status | null): void {
    const previous = this.services.get(service);
    const key = instanceKey(STORY_DC, node, id);
    const others = (previous?.instances ?? []).filter((one) => one.key !== key);
    const instances = status === null ? others : [...others, instanceOf(key, node, id, status)];
    instances.sort((a, b) => (a.key < b.key ? -1 : 1));
    const next =
      instances.length === 0 ? undefined : { status: statusOfInstances(instances.map((one) => one.status)), instances };
    this.#tell(serviceTransitions(STORY_DC, service, previous, next, originAt(atMs)));
    if (next) this.services.set(service, next);
    else this.services.delete(service);
  }

  node(atMs: number, name: string, status: 'passing' | 'critical' | null): void {
    const next = status === null ? undefined : nodeOf(name, status);
    this.#tell(nodeTransitions(STORY_DC, this.nodes.get(name), next, originAt(atMs)));
    if (next) this.nodes.set(name, next);
    else this.nodes.delete(name);
  }

  datacenter(atMs: number, freshness: string): void {
    const rest = { ...originAt(atMs), subject: datacenterSubject(STORY_DC), item: null };
    if (freshness !== this.freshness) {
      this.#tell([{ ...rest, kind: 'freshness', from: this.freshness, to: freshness }]);
    }
    this.freshness = freshness;
  }

  gap(fromMs: number, toMs: number | null): void {
    this.gaps.push({ dc: STORY_DC, fromMs, toMs, reason: 'Nobody watched.' });
  }

  /** What the record's present holds is as it is without transitions: a trial may begin here. */
  forget(): void {
    this.transitions.length = 0;
  }

  #tell(transitions: readonly Transition[]): void {
    for (const transition of transitions) {
      const { kind, subject, observedAtMs } = transition;
      if (kind === 'status' || kind === 'registered') this.sinceMs.set(subject.key, observedAtMs);
      this.transitions.push({ ...transition, id: this.transitions.length + 1 });
    }
  }
}

const originAt = (observedAtMs: number) => ({ observedAtMs, index: null, merged: false, unwatchedFromMs: null });

function instanceOf(key: string, node: string, id: string, status: Status): RecordedInstance {
  const check = {
    id: 'http',
    scope: 'service' as const,
    status: status === 'critical' ? status : ('passing' as const),
  };
  return {
    ...{ key, id, node, address: '10.0.0.1', port: 80, version: '1.0.0', tags: [], meta: {} },
    ...{ weights: { passing: 1, warning: 1 }, status, checks: [check] },
  };
}

const nodeOf = (name: string, status: 'passing' | 'critical'): RecordedNode => ({
  ...{ name, address: '10.0.0.2', meta: {}, status, checks: [{ id: 'ping', scope: 'node', status }] },
});
