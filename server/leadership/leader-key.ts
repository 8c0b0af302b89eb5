/**
 * Where the leader is written. Lictors of different namespaces or partitions watch different things: each group has a leader of its own, in the namespace
 * that the token that writes is for.
 */
export function leaderKey({ namespace, partition }: { namespace: string | null; partition: string | null }): string {
  if (namespace === null && partition === null) return 'lictor/leader';
  return `lictor/leader/${partition ?? 'default'}/${namespace ?? 'default'}`;
}
