import type { ConsulCheck } from '@/server/consul/decode/check';
import type { HealthEntry } from '@/server/consul/decode/health-service';

/**
 * Which version of each node's own checks was seen, by Consul's `ModifyIndex`. A node's check counts for every instance on it, and each service's answer
 * brings it: the first that brings a newer one tells of all services there, of which Consul will wake each by itself, one after another.
 */
export class NodeCheckVersions {
  /** By node and check id. */
  readonly #seen = new Map<string, Map<string, number>>();

  /** Takes an answer; gives, by node, the checks that are newer there than what any answer said before. One that was not known is no news. */
  take(entries: readonly HealthEntry[]): Map<string, ConsulCheck[]> {
    const newer = new Map<string, ConsulCheck[]>();
    for (const { Node, Checks } of entries) {
      const seen = this.#seen.get(Node.Node) ?? new Map<string, number>();
      this.#seen.set(Node.Node, seen);
      for (const check of Checks) {
        if (check.ServiceID !== '') continue;
        const known = seen.get(check.CheckID);
        seen.set(check.CheckID, check.ModifyIndex);
        if (known === undefined || known >= check.ModifyIndex) continue;
        newer.set(Node.Node, [...(newer.get(Node.Node) ?? []), check]);
      }
    }
    return newer;
  }

  /** Forgets nodes that are of no use any more. */
  keepOnly(isUsed: (node: string) => boolean): void {
    for (const node of this.#seen.keys()) if (!isUsed(node)) this.#seen.delete(node);
  }
}
