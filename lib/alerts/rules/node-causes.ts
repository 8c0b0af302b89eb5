import type { InstanceFacts, NodeFacts } from '@/lib/alerts/facts';
import { nodeKey } from '@/lib/fleet/keys';

/** Which nodes are critical, as told, and what of a service that explains. */
export class NodeCauses {
  /** By datacenter and name: the first critical check of each node that is critical. */
  readonly #critical = new Map<string, Map<string, string | null>>();

  tell({ dc, name, status, checks }: NodeFacts): void {
    if (status !== 'critical') {
      this.forget(dc, name);
      return;
    }
    const known = this.#critical.get(dc) ?? new Map<string, string | null>();
    known.set(name, checks.find((check) => check.status === 'critical')?.id ?? null);
    this.#critical.set(dc, known);
  }

  forget(dc: string, name: string): void {
    this.#critical.get(dc)?.delete(name);
  }

  forgetDatacenter(dc: string): void {
    this.#critical.delete(dc);
  }

  /** The check that an instance is critical by; null: none is known. */
  checkOf(dc: string, instance: InstanceFacts): string | null {
    const own = instance.checks.find(({ status }) => status === 'critical');
    return own?.id ?? this.#critical.get(dc)?.get(instance.node) ?? null;
  }

  /** Keys of the nodes that explain all of these critical instances; empty: they do not. */
  explaining(dc: string, critical: readonly InstanceFacts[]): readonly string[] {
    const nodes = new Set<string>();
    for (const instance of critical) {
      if (!this.#isCauseOf(dc, instance)) return [];
      nodes.add(instance.node);
    }
    return [...nodes].map((node) => nodeKey(dc, node));
  }

  /** None of its own checks says so, or its node is lost anyhow. */
  #isCauseOf(dc: string, { node, checks }: InstanceFacts): boolean {
    return this.#critical.get(dc)?.has(node) === true || !checks.some(({ status }) => status === 'critical');
  }
}
