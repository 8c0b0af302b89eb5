import { z } from 'zod';
import { canonicalJson } from '@/lib/configuration/canonical-json';
import { configVersion } from '@/lib/configuration/config-version';
import type { ConfigurationFact } from '@/lib/configuration/configuration-fact';
import { subjectKey } from '@/lib/configuration/subject-key';
import { decodeKvEntries, type StoredKey } from '@/server/consul/decode/kv-entries';
import { records, textField } from '@/server/consul/decode/records';
import type { ConsulAnswer } from '@/server/consul/transport';
import { contentDigest } from './content-digest';

/** What one answer holds. */
export interface SourceFacts {
  /** By their key in the record. */
  readonly facts: ReadonlyMap<string, ConfigurationFact>;
  /** A sentence each about what could not be read. */
  readonly failures: readonly string[];
}

/** Above it an entry or an intention is kept by its digest alone. */
const MOST_CONTENT_BYTES = 64 * 1024;

/** Since 1.9 intentions are entries too; they are read by their own endpoint, which every version has. */
const INTENTIONS_AS_ENTRIES = 'service-intentions';

/** What Consul counts with, and what only says that somebody wrote it again. */
const PASSED_OVER = new Set(['CreateIndex', 'ModifyIndex', 'Hash', 'ID', 'CreatedAt', 'UpdatedAt', 'LegacyID']);

/** It holds a private key. */
const SECRET_KIND = 'inline-certificate';

const entrySchema = z.looseObject({ Kind: z.string(), Name: z.string(), ModifyIndex: z.number() });
const intentionSchema = z.looseObject({
  ...{ SourceName: z.string(), DestinationName: z.string(), ModifyIndex: z.number() },
  ...{ SourceNS: z.string().optional(), DestinationNS: z.string().optional() },
  ...{ SourcePeer: z.string().optional(), SourcePartition: z.string().optional() },
});

/** `/v1/config/`, every kind at once. */
export function entryFacts(answer: ConsulAnswer, dc: string): SourceFacts {
  const { entries, failures } = records(answer, entrySchema, (entry) => entry, identify);
  const kept = entries.filter(({ Kind }) => Kind !== INTENTIONS_AS_ENTRIES);
  const facts = kept.map((entry): ConfigurationFact => {
    const { Kind, Name, ModifyIndex } = entry;
    const place = { dc, subject: 'config-entry', key: subjectKey(dc, Kind, Name), name: `${Kind}/${Name}` } as const;
    return { ...place, modifyIndex: ModifyIndex, ...contentOf(entry, Kind === SECRET_KIND) };
  });
  return { facts: byKey(facts), failures: failures.map(({ message }) => message) };
}

/** `/v1/connect/intentions`. */
export function intentionFacts(answer: ConsulAnswer, dc: string): SourceFacts {
  const { entries, failures } = records(answer, intentionSchema, (intention) => intention, identify);
  const facts = entries.map((intention): ConfigurationFact => {
    const { SourceNS, SourceName, DestinationNS, DestinationName, SourcePeer, SourcePartition } = intention;
    const from = [
      SourcePeer && `peer ${SourcePeer}`,
      unlessDefault(SourcePartition),
      unlessDefault(SourceNS),
      SourceName,
    ];
    const source = from.filter(Boolean).join('/');
    const destination = [unlessDefault(DestinationNS), DestinationName].filter(Boolean).join('/');
    const place = { dc, subject: 'intention', key: subjectKey(dc, source, destination) } as const;
    return {
      ...{ ...place, name: `${source} => ${destination}`, modifyIndex: intention.ModifyIndex },
      ...contentOf(intention),
    };
  });
  return { facts: byKey(facts), failures: failures.map(({ message }) => message) };
}

/** `/v1/kv/<prefix>?recurse`: of a value nothing but its digest, its size and its version. */
export function kvFacts(answer: ConsulAnswer, dc: string): SourceFacts {
  const facts = decodeKvEntries(answer).map((stored: StoredKey): ConfigurationFact => {
    const { key, value, flags, modifyIndex } = stored;
    const digest = contentDigest(value);
    const version = configVersion(key, value.toString('utf8'));
    const content = canonicalJson({
      ...{ digest, bytes: value.length },
      ...(flags !== 0 && { flags }),
      ...(version !== null && { version }),
    });
    return { dc, subject: 'kv', key: subjectKey(dc, key), name: key, modifyIndex, digest, content };
  });
  return { facts: byKey(facts), failures: [] };
}

/** @param isSecret it is kept by its digest alone */
function contentOf(
  record: Readonly<Record<string, unknown>>,
  isSecret = false,
): Pick<ConfigurationFact, 'digest' | 'content'> {
  const kept = Object.fromEntries(Object.entries(record).filter(([field]) => !PASSED_OVER.has(field)));
  const whole = canonicalJson(kept);
  const digest = contentDigest(whole);
  const bytes = Buffer.byteLength(whole);
  return { digest, content: isSecret || bytes > MOST_CONTENT_BYTES ? canonicalJson({ digest, bytes }) : whole };
}

const byKey = (facts: readonly ConfigurationFact[]): ReadonlyMap<string, ConfigurationFact> =>
  new Map(facts.map((fact) => [fact.key, fact]));

const unlessDefault = (name: string | undefined): string | null => (name && name !== 'default' ? name : null);

const identify = (raw: unknown) => ({ node: null, id: textField(raw, 'Name') ?? textField(raw, 'SourceName') });
