import type { KeptSubject } from '@/lib/configuration/subject-key';
import type { Right } from '@/server/consul/authorize';
import type { ConsulAnswer } from '@/server/consul/transport';
import { entryFacts, intentionFacts, kvFacts, type SourceFacts } from './source-facts';

/** What a question asks for. */
export interface ConfigurationScope {
  readonly subject: KeptSubject;
  /** Of keys: what they begin with; null: all that there are. */
  readonly prefix: string | null;
}

/** One question about configuration that waits at Consul. */
export interface ConfigurationSource {
  readonly scope: ConfigurationScope;
  /** Percent-encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly acceptStatuses?: readonly number[];
  /** Without it Consul leaves things out, without a word. */
  readonly right: Right;
  /** The same as a rule of a policy. */
  readonly rule: string;
  facts(answer: ConsulAnswer, dc: string): SourceFacts;
}

export const CONFIG_ENTRIES: ConfigurationSource = {
  scope: { subject: 'config-entry', prefix: null },
  path: '/v1/config/',
  right: { Resource: 'service', Segment: '', Access: 'read' },
  rule: 'service_prefix "" { policy = "read" }',
  facts: entryFacts,
};

export const INTENTIONS: ConfigurationSource = {
  scope: { subject: 'intention', prefix: null },
  path: '/v1/connect/intentions',
  right: { Resource: 'intention', Segment: '', Access: 'read' },
  rule: 'service_prefix "" { policy = "read" intentions = "read" }',
  facts: intentionFacts,
};

export function keysUnder(prefix: string): ConfigurationSource {
  return {
    scope: { subject: 'kv', prefix },
    path: `/v1/kv/${prefix.split('/').map(encodeURIComponent).join('/')}`,
    query: { recurse: '' },
    // There is no such key.
    acceptStatuses: [200, 404],
    right: { Resource: 'key', Segment: prefix, Access: 'read' },
    rule: `key_prefix "${prefix}" { policy = "read" }`,
    facts: kvFacts,
  };
}
