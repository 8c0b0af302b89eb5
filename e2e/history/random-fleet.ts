import { instanceKey } from '@/lib/fleet/keys';
import type { Status } from '@/lib/fleet/model';
import { compareText } from '@/lib/fleet/observe-checks';
import { nodeTransitions } from '@/lib/history/node-transitions';
import type { RecordedCheck, RecordedInstance, RecordedNode } from '@/lib/history/recorded';
import { type ServiceState, serviceTransitions } from '@/lib/history/service-transitions';
import type { Transition } from '@/lib/history/transition';

/** Names as they must never be: each would break a statement, a text column or a separator that is not careful. */
const NAMES = [
  ...['web', 'api', "'; drop table transition; --", '" or 1=1', '%', '_', '\\', 'a/b', '支付', '💥', 'nul\0byte'],
  ...['half \ud800 pair', '\ufffe0000', '', 'x'.repeat(3_000), '$1', '?', ':name', 'null', "\n\r\t'"],
];
const STATUSES: readonly Status[] = ['passing', 'warning', 'critical', 'maintenance', 'unknown'];
const CHECK_STATUSES = ['passing', 'warning', 'critical'] as const;

/** A fleet of two datacenters in which anything may change, and the transitions that tell of it. */
export class RandomFleet {
  readonly services = new Map<string, ServiceState>();
  readonly nodes = new Map<string, RecordedNode>();
  #index = 100;

  constructor(private readonly random: () => number) {}

  static readonly datacenters = ['dc1', 'dc-2'];
  static readonly names = NAMES;
  static readonly key = (dc: string, name: string): string => JSON.stringify([dc, name]);

  /** One change, seen at this moment. */
  step(observedAtMs: number): Transition[] {
    this.#index += 1;
    const dc = this.#of(RandomFleet.datacenters);
    const name = this.#of(NAMES);
    const index = this.#one(4) === 0 ? null : this.#index;
    const origin = {
      observedAtMs,
      index,
      merged: this.#one(3) === 0,
      unwatchedFromMs: this.#one(5) === 0 ? observedAtMs - 1 : null,
    };
    const key = RandomFleet.key(dc, name);
    if (this.#one(6) === 0) {
      const before = this.nodes.get(key);
      const after = this.#one(4) === 0 ? undefined : this.#node(name);
      put(this.nodes, key, after);
      return [...nodeTransitions(dc, before, after, origin)];
    }
    const before = this.services.get(key);
    const after = this.#one(5) === 0 ? undefined : this.#service(dc, name, before);
    put(this.services, key, after);
    return serviceTransitions(dc, name, before, after, origin);
  }

  #service(dc: string, name: string, before: ServiceState | undefined): ServiceState {
    const instances = (before?.instances ?? []).filter(() => this.#one(3) > 0);
    for (let more = this.#one(3); more > 0; more -= 1) {
      const instance = this.#instance(dc, name);
      if (!instances.some(({ key }) => key === instance.key)) instances.push(instance);
    }
    const changed = instances.map((instance) =>
      this.#one(2) === 0 ? instance : { ...this.#instance(dc, name), ...identity(instance) },
    );
    return { status: this.#of(STATUSES), instances: changed.sort((a, b) => compareText(a.key, b.key)) };
  }

  #instance(dc: string, name: string): RecordedInstance {
    const node = this.#of(NAMES);
    const id = `${name}-${this.#one(4)}`;
    return {
      ...{ key: instanceKey(dc, node, id), id: id.toWellFormed(), node: node.toWellFormed() },
      ...{ address: `10.0.0.${this.#one(9)}`, port: this.#one(65_535), version: this.#of(NAMES) },
      ...{ tags: [this.#of(NAMES), this.#of(NAMES)], meta: { [this.#of(NAMES)]: this.#of(NAMES) } },
      ...{
        weights: { passing: this.#one(9), warning: 1 },
        status: this.#of(STATUSES),
        checks: this.#checks('service'),
      },
    };
  }

  #node(name: string): RecordedNode {
    const address = `10.1.0.${this.#one(9)}`;
    return { name, address, meta: { rack: this.#of(NAMES) }, status: this.#of(STATUSES), checks: this.#checks('node') };
  }

  #checks(scope: RecordedCheck['scope']): RecordedCheck[] {
    const ids = [...new Set([this.#of(NAMES), this.#of(NAMES)])].sort(compareText);
    return ids.map((id) => ({ id, scope, status: this.#of(CHECK_STATUSES) }));
  }

  #of<T>(items: readonly T[]): T {
    return items[this.#one(items.length)] as T;
  }

  /** A whole number below this one. */
  #one(below: number): number {
    return Math.floor(this.random() * below);
  }
}

const identity = ({ key, id, node }: RecordedInstance) => ({ key, id, node });

function put<Value>(map: Map<string, Value>, key: string, value: Value | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
