import type { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { jsonBody, unexpectedShape } from './json-body';
import { problemOf } from './problem';

/** One record that could not be read; the others of its answer are not touched by it. */
export interface RecordFailure {
  /** Where it can be told, as Consul gave it: hostile text. */
  readonly node: string | null;
  readonly id: string | null;
  /** A clear sentence without any value of the record. */
  readonly message: string;
}

export interface Records<Entry> {
  readonly entries: Entry[];
  readonly failures: RecordFailure[];
}

/**
 * Reads a list record by record, so that one bad record costs itself alone.
 * @param entryOf null: the record is none of this datacenter's.
 * @param identify finds node and id in a record that does not parse.
 * @throws ConsulError `not-json` where the answer is no list at all.
 */
export function records<Wire, Entry>(
  answer: ConsulAnswer,
  schema: z.ZodType<Wire>,
  entryOf: (wire: Wire) => Entry | null,
  identify: (raw: unknown) => { node: string | null; id: string | null },
): Records<Entry> {
  const list = jsonBody(answer);
  const entries: Entry[] = [];
  const failures: RecordFailure[] = [];
  // Go writes an empty list as null.
  if (list === null) return { entries, failures };
  if (!Array.isArray(list)) throw unexpectedShape(answer, 'a list was expected');
  for (const raw of list) {
    const parsed = schema.safeParse(raw);
    if (parsed.success) {
      const entry = entryOf(parsed.data);
      if (entry !== null) entries.push(entry);
    } else {
      const { node, id } = identify(raw);
      failures.push({ node, id, message: `A record of ${answer.source} cannot be read: ${problemOf(parsed.error)}.` });
    }
  }
  return { entries, failures };
}

/** A text field of something that may be anything; null where there is none. */
export function textField(raw: unknown, name: string): string | null {
  const value = field(raw, name);
  return typeof value === 'string' ? value : null;
}

/** A field of something that may be anything. */
export function field(raw: unknown, name: string): unknown {
  return typeof raw === 'object' && raw !== null && Object.hasOwn(raw, name) ? Reflect.get(raw, name) : undefined;
}
