import { decodeAgentSelf } from './decode/agent-self';
import { decodeAgentVersion } from './decode/agent-version';
import { assertStatus } from './read';
import type { ConsulAnswer, ConsulTransport } from './transport';

export interface ConsulEdition {
  /** As the agent says it; null where the token may not read it. */
  readonly version: string | null;
  /** Has namespaces. */
  readonly enterprise: boolean;
}

const LIMIT_MS = 4_500;

/**
 * What answers at an address. A version without "+ent" proves nothing, for not every release says so, and may not be readable; what a read with a namespace is
 * answered does: the community edition says 400 to any.
 * @throws ConsulError where Consul cannot be asked now
 */
export async function learnEdition(transport: ConsulTransport): Promise<ConsulEdition> {
  const version =
    (await said(transport, '/v1/agent/version', decodeAgentVersion)) ??
    (await said(transport, '/v1/agent/self', (answer) => decodeAgentSelf(answer).version));
  if (version?.includes('+ent')) return { version, enterprise: true };
  const probe = await transport.request({
    path: '/v1/health/service/consul',
    query: { ns: 'default', stale: '' },
    timeoutMs: LIMIT_MS,
  });
  assertStatus(probe, [200, 400, 403]);
  // Before 1.7 nobody knew namespaces, and an unknown parameter is passed over without a word.
  const knowsNamespaces = version === null || isAtLeast(version, 1, 7);
  return { version, enterprise: probe.status !== 400 && knowsNamespaces };
}

/** Null where the endpoint is not known or not allowed. */
async function said(
  transport: ConsulTransport,
  path: string,
  decode: (answer: ConsulAnswer) => string,
): Promise<string | null> {
  const answer = await transport.request({ path, timeoutMs: LIMIT_MS });
  if ([403, 404].includes(answer.status)) return null;
  assertStatus(answer);
  return decode(answer);
}

/** Whether a version is this one or later; one that is no version is not. */
export function isAtLeast(version: string, major: number, minor: number): boolean {
  const [, majorText, minorText] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  if (majorText === undefined || minorText === undefined) return false;
  return Number(majorText) > major || (Number(majorText) === major && Number(minorText) >= minor);
}
