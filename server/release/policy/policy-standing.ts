import { parsePolicy, type StandingPolicy, unreadablePolicy } from '@/lib/release/policy/parse-policy';
import { policyKey } from '@/lib/release/policy/policy-key';
import { authorize } from '@/server/consul/authorize';
import { ConsulError } from '@/server/consul/consul-error';
import type { StoredKey } from '@/server/consul/decode/kv-entries';
import type { SplitSubject, Standing } from '@/server/release/actuator';
import type { ReleaseConsul } from '@/server/release/release-consul';
import { readStoredKey } from '@/server/release/writers/stored-key';

/** The policy document of a service, as it stands. */
export interface PolicyStanding extends Standing {
  readonly key: string;
  /** As a person names it: `dc1 kv lictor/traffic/web`. */
  readonly target: string;
  readonly policy: StandingPolicy;
  /** The whole document; null: there is none, or it is no text. */
  readonly text: string | null;
  readonly flags: number;
  /** Why it cannot be written, stable; null: it can. */
  readonly refusal: 'policy-denied' | 'policy-newer-format' | 'policy-unreadable' | null;
}

export interface PolicyPlace {
  readonly consul: ReleaseConsul;
  /** Of every key of a document. */
  readonly prefix: string;
}

/** @throws ConsulError where Consul does not answer; what it does not allow is a reason in the standing. */
export async function readPolicyStanding(
  { consul, prefix }: PolicyPlace,
  { dc, name }: Pick<SplitSubject, 'dc' | 'name'>,
  signal: AbortSignal,
): Promise<PolicyStanding> {
  const key = policyKey(prefix, name);
  try {
    const [stored, mayWrite] = await Promise.all([
      readStoredKey(consul, { dc, key }, signal),
      mayWriteKey(consul, dc, key, signal),
    ]);
    const standing = standingOf(stored, { dc, key, name });
    return mayWrite
      ? standing
      : { ...standing, ...denied(`The token that writes may not write ${key} in ${dc}`, prefix) };
  } catch (error) {
    if (!(error instanceof ConsulError) || !error.denied) throw error;
    const unread = standingOf(null, { dc, key, name });
    return { ...unread, ...denied(`The token that writes may not read ${key} in ${dc}`, prefix) };
  }
}

/** True also where ACLs are off. */
async function mayWriteKey(consul: ReleaseConsul, dc: string, key: string, signal: AbortSignal): Promise<boolean> {
  const question = { transport: consul.transportOf(dc), datacenter: dc, signal };
  const answers = await authorize(question, [{ Resource: 'key', Segment: key, Access: 'write' }]);
  return answers === null || answers[0] === true;
}

function denied(what: string, prefix: string) {
  const reason = `${what}: grant it key_prefix ${JSON.stringify(prefix)} { policy = "write" }.`;
  return { can: false, reason, refusal: 'policy-denied' as const };
}

function standingOf(
  stored: StoredKey | null,
  { dc, key, name }: { readonly dc: string; readonly key: string; readonly name: string },
): PolicyStanding {
  const target = `${dc} kv ${key}`;
  const text = stored === null ? null : textOf(stored.value);
  const policy = policyOf(stored, text, name);
  const document = policy.state === 'readable' ? policy.document : null;
  return {
    mechanism: 'policy',
    ...judged(policy, key),
    declared: document?.shares ?? null,
    source: stored === null ? null : target,
    index: stored?.modifyIndex ?? null,
    routes: (document?.routes ?? []).map(({ header, value, version }) => ({ header, value, version })),
    failover: [],
    images: { [target]: stored && { index: stored.modifyIndex, value: text ?? stored.value.toString('base64') } },
    indexes: { [key]: stored?.modifyIndex ?? 0 },
    ...{ key, target, policy, text, flags: stored?.flags ?? 0 },
  };
}

function policyOf(stored: StoredKey | null, text: string | null, service: string): StandingPolicy {
  if (stored === null) return { state: 'none' };
  if (text === null) return unreadablePolicy('it is no text');
  // Consul keeps 64 bits of them, and a double 53: written back, they would be other ones.
  if (!Number.isSafeInteger(stored.flags)) return unreadablePolicy('its flags are above 2^53');
  return parsePolicy(text, service);
}

function judged(policy: StandingPolicy, key: string): Pick<PolicyStanding, 'can' | 'reason' | 'refusal'> {
  if (policy.state === 'readable') return { can: true, reason: null, refusal: null };
  if (policy.state === 'none') {
    const reason = `It moves traffic where a gateway or a client reads ${key}; nothing in Consul tells whether one does.`;
    return { can: true, reason, refusal: null };
  }
  return { can: false, reason: policy.reason, refusal: `policy-${policy.state}` };
}

/** Null where it is no UTF-8: as text it would come back as other bytes. */
function textOf(value: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value);
  } catch {
    return null;
  }
}
