import type { EdgeEvidence } from './edge-evidence';
import { edgeKey, inDatacenterOf } from './edge-key';

/** What the intention says that decides about a call. */
export interface IntentionVerdict {
  /** Null: it depends on the request. */
  readonly allowed: boolean | null;
  /** Of those that say so, the first by name. */
  readonly evidence: EdgeEvidence;
}

/**
 * The intention that decides whether `from` may call `to`; null: there is none, and Consul's default decides, which it does not tell everybody.
 *
 * Consul's precedence: an exact destination goes before `*`, and after that an exact source before `*`; the first that fits decides alone
 * (`Intention.UpdatePrecedence` in `agent/structs/intention.go`: 9, 8, 6, 5). So a deny for two names beats an allow for all, and the other way round.
 * Of several with one precedence, which Consul has only for sources of peers and partitions, a deny is what is told.
 *
 * An intention is about names: those of the destination's datacenter decide, wherever the caller is.
 */
export function intentionVerdict(
  evidenceOf: (edge: string) => Iterable<EdgeEvidence>,
  from: string,
  to: string,
): IntentionVerdict | null {
  const [source, destination] = [inDatacenterOf(to, from), to];
  const any = inDatacenterOf(to, '/*');
  const inOrder = [edgeKey(source, destination), edgeKey(any, destination), edgeKey(source, any), edgeKey(any, any)];
  for (const key of inOrder) {
    const all = [...evidenceOf(key)].filter(({ kind }) => kind === 'intention').sort(bySource);
    const decides =
      all.find(({ allowed }) => allowed === false) ?? all.find(({ allowed }) => allowed !== true) ?? all[0];
    if (decides) return { allowed: decides.allowed ?? null, evidence: decides };
  }
  return null;
}

function bySource(a: EdgeEvidence, b: EdgeEvidence): number {
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  const [left, right] = [a.detail ?? '', b.detail ?? ''];
  return left === right ? 0 : left < right ? -1 : 1;
}
