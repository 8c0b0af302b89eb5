import type { KeptSubject } from '@/lib/configuration/subject-key';
import type { Right } from '@/server/consul/authorize';
import { ConsulError } from '@/server/consul/consul-error';
import type { ConsulAnswer } from '@/server/consul/transport';
import { entryFacts, intentionFacts, kvFacts, type SourceFacts } from './source-facts';

/** What a question asks for. */
export interface ConfigurationScope {
  readonly subject: KeptSubject;
  /** What keys, or `<kind>/<name>` of entries, begin with; null: all that there are. */
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

const entries = {
  right: { Resource: 'service', Segment: '', Access: 'read' },
  rule: 'service_prefix "" { policy = "read" }',
  facts: entryFacts,
} as const;

/** Entries of every kind. A server answers it for its own datacenter alone: see `ENTRIES_BY_KIND`. */
export const CONFIG_ENTRIES: ConfigurationSource = {
  ...entries,
  scope: { subject: 'config-entry', prefix: null },
  path: '/v1/config/',
};

/** Every kind up to Consul 2.1 but intentions, which have an endpoint of their own. A version that lacks one refuses to answer for it. */
const KINDS = [
  'service-defaults',
  'proxy-defaults',
  'service-router',
  'service-splitter',
  'service-resolver',
  'ingress-gateway',
  'terminating-gateway',
  'mesh',
  'exported-services',
  'api-gateway',
  'bound-api-gateway',
  'http-route',
  'tcp-route',
  'inline-certificate',
  'file-system-certificate',
  'sameness-group',
  'jwt-provider',
  'control-plane-request-limit',
] as const;

/** The same by as many questions as there are kinds, which every agent answers for every datacenter. */
export const ENTRIES_BY_KIND: readonly ConfigurationSource[] = KINDS.map((kind) => ({
  ...entries,
  scope: { subject: 'config-entry', prefix: `${kind}/` },
  path: `/v1/config/${kind}`,
}));

/** What Consul says to a kind that it lacks, and a client agent, or one of another datacenter, to the question for all of them. */
export const isUnknownKind = (error: Error): boolean =>
  error instanceof ConsulError &&
  (error.status === 404 ||
    ((error.status === 400 || error.status === 500) && error.message.includes('invalid config entry kind')));

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
