import type { ConsulCheck } from '@/server/consul/decode/check';
import type { HealthEntry } from '@/server/consul/decode/health-service';

/**
 * The newest version of each node's own checks, by Consul's `ModifyIndex`. A node's check counts for every instance on it, and each service's answer
 * brings it: the first that brings a newer one tells of all services there, of which Consul will wake each by itself, one after another.
 */
export class NodeCheckVersions {
  /** By node and check id. */
  readonly #newest = new Map<string, Map<string, ConsulCheck>>();

  /** Takes an answer; gives, by node, the checks that are newer there than what any answer said before. One that was not known is no news. */
  take(entries: readonly HealthEntry[]): Map<string, ConsulCheck[]> {
    const newer = new Map<string, ConsulCheck[]>();
    for (const { Node, Checks } of entries) {
      const newest = this.#newest.get(Node.Node) ?? new Map<string, ConsulCheck>();
      this.#newest.set(Node.Node, newest);
      for (const check of Checks) {
        if (check.ServiceID !== '') continue;
        const known = newest.get(check.CheckID);
        newest.set(check.CheckID, check);
        if (known === undefined || known.ModifyIndex >= check.ModifyIndex) continue;
        newer.set(Node.Node, [...(newer.get(Node.Node) ?? []), check]);
      }
    }
    return newer;
  }

  /**
   * An answer with the checks in it that are known by a newer version. Only versions after `index`, the answer's own: Consul is about to wake for them, and an
   * answer that was under way when they were written would turn what is critical back for a moment.
   */
  update(entries: readonly HealthEntry[], index: number): HealthEntry[] {
    return entries.map((entry) => {
      const newest = this.#newest.get(entry.Node.Node);
      const since = (check: ConsulCheck) => {
        const known = check.ServiceID === '' ? newest?.get(check.CheckID) : undefined;
        return known && known.ModifyIndex > index ? known : check;
      };
      return entry.Checks.some((check) => since(check) !== check)
        ? { ...entry, Checks: entry.Checks.map(since) }
        : entry;
    });
  }

  /** Forgets nodes that are of no use any more. */
  keepOnly(isUsed: (node: string) => boolean): void {
    for (const node of this.#newest.keys()) if (!isUsed(node)) this.#newest.delete(node);
  }

  /** Consul has lost its state: no version says what is newer. */
  clear(): void {
    this.#newest.clear();
  }
}
