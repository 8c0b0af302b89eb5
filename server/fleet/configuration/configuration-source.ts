import type { Right } from '@/server/consul/authorize';
import type { ConsulAnswer } from '@/server/consul/transport';
import { entryFacts, intentionFacts, kvFacts, type SourceFacts } from './source-facts';

/** One question about configuration that waits at Consul. */
export interface ConfigurationSource {
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
  path: '/v1/config/',
  right: { Resource: 'service', Segment: '', Access: 'read' },
  rule: 'service_prefix "" { policy = "read" }',
  facts: entryFacts,
};

export const INTENTIONS: ConfigurationSource = {
  path: '/v1/connect/intentions',
  right: { Resource: 'intention', Segment: '', Access: 'read' },
  rule: 'service_prefix "" { policy = "read" intentions = "read" }',
  facts: intentionFacts,
};

export function keysUnder(prefix: string): ConfigurationSource {
  return {
    path: `/v1/kv/${prefix.split('/').map(encodeURIComponent).join('/')}`,
    query: { recurse: '' },
    // There is no such key.
    acceptStatuses: [200, 404],
    right: { Resource: 'key', Segment: prefix, Access: 'read' },
    rule: `key_prefix "${prefix}" { policy = "read" }`,
    facts: kvFacts,
  };
}
