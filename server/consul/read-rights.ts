import { ASKED_AT_ONCE, authorize, type Right } from './authorize';
import type { ConsulTransport } from './transport';

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

const NOBODY: Names = { services: new Set(), nodes: new Set() };

const right = (Resource: 'service' | 'node', Segment: string): Right => ({ Resource, Segment, Access: 'read' });

/**
 * Asks what the token may read. By an empty name, first: that is the right to everything. A rule that denies single names is only seen where these are
 * asked for.
 * @throws ConsulError where Consul does not answer, or does not know the token.
 */
export async function readRights(question: RightsQuestion): Promise<ReadRights> {
  const { nowMs, names } = question;
  const [services, nodes] = (await authorize(question, [right('service', ''), right('node', '')])) ?? [];
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
    const answers = await authorize(question, batch);
    for (const [index, { Resource, Segment }] of batch.entries()) {
      if (answers?.[index] !== false) continue;
      (Resource === 'service' ? forbidden.services : forbidden.nodes).add(Segment);
    }
  }
  return { acls: true, services, nodes, forbidden, askedAtMs };
}
