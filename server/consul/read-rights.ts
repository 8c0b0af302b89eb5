import { z } from 'zod';
import { wholeBody } from './decode/whole-body';
import { assertStatus, read } from './read';
import type { ConsulAnswer, ConsulTransport } from './transport';

/** Services and nodes by name. */
export interface Names {
  readonly services: ReadonlySet<string>;
  readonly nodes: ReadonlySet<string>;
}

/** What the token may read in one datacenter. */
export interface ReadRights {
  /** Off: everything may be read. */
  readonly acls: boolean;
  /** Whether it may read all services, and all nodes. */
  readonly services: boolean;
  readonly nodes: boolean;
  /** Of those that were asked for by name, the ones that it may not read. */
  readonly forbidden: Names;
  /** When these names were asked for, on the caller's clock. */
  readonly askedAtMs: number;
}

export interface RightsQuestion {
  readonly transport: ConsulTransport;
  readonly datacenter: string;
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
  /** Whose rights matter, once it is known whether everything may be read. */
  readonly names: (everything: boolean) => Names;
}

/** Consul answers no more at a time. */
const ASKED_AT_ONCE = 64;
const LIMIT_MS = 4_500;
const NOBODY: Names = { services: new Set(), nodes: new Set() };

interface Right {
  readonly Resource: 'service' | 'node';
  readonly Segment: string;
  readonly Access: 'read';
}

const answersSchema = z.array(z.object({ Allow: z.boolean() }));
const right = (Resource: Right['Resource'], Segment: string): Right => ({ Resource, Segment, Access: 'read' });

/** ACLs are off: everything may be read. */
export function aclsAreOff({ status, body }: ConsulAnswer): boolean {
  return status === 401 && body.includes('ACL support disabled');
}

/**
 * Asks what the token may read. By an empty name, first: that is the right to everything. A rule that denies single names is only seen where these are
 * asked for.
 * @throws ConsulError where Consul does not answer, or does not know the token.
 */
export async function readRights(question: RightsQuestion): Promise<ReadRights> {
  const { nowMs, names } = question;
  const [services, nodes] = (await allowed(question, [right('service', ''), right('node', '')])) ?? [];
  const askedAtMs = nowMs();
  if (services === undefined || nodes === undefined) {
    return { acls: false, services: true, nodes: true, forbidden: NOBODY, askedAtMs };
  }
  const asked = names(services && nodes);
  const rights = [
    ...[...asked.services].map((name) => right('service', name)),
    ...[...asked.nodes].map((name) => right('node', name)),
  ];
  const forbidden = { services: new Set<string>(), nodes: new Set<string>() };
  for (let at = 0; at < rights.length; at += ASKED_AT_ONCE) {
    const batch = rights.slice(at, at + ASKED_AT_ONCE);
    const answers = await allowed(question, batch);
    for (const [index, { Resource, Segment }] of batch.entries()) {
      if (answers?.[index] !== false) continue;
      (Resource === 'service' ? forbidden.services : forbidden.nodes).add(Segment);
    }
  }
  return { acls: true, services, nodes, forbidden, askedAtMs };
}

/** Whether each may be read, in the order asked for; null: ACLs are off. */
async function allowed(question: RightsQuestion, rights: readonly Right[]): Promise<boolean[] | null> {
  const { value } = await read(question.transport, {
    path: '/v1/internal/acl/authorize',
    query: { dc: question.datacenter },
    method: 'POST',
    body: JSON.stringify(rights),
    timeoutMs: LIMIT_MS,
    signal: question.signal,
    acceptStatuses: [200, 401],
    decode: (answer) => {
      if (aclsAreOff(answer)) return null;
      assertStatus(answer);
      return wholeBody(answer, answersSchema).map(({ Allow }) => Allow);
    },
  });
  return value;
}
