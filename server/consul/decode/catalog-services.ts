import { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { jsonBody, unexpectedShape } from './json-body';
import type { RecordFailure, Records } from './records';

export interface ServiceSummary {
  readonly name: string;
  readonly tags: readonly string[];
}

const tagsSchema = z.array(z.string()).nullable();

/** `/v1/catalog/services`: the names of all services, each with the tags of its instances. */
export function decodeServices(answer: ConsulAnswer): Records<ServiceSummary> {
  const body = jsonBody(answer);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw unexpectedShape(answer, 'a map of names to tags was expected');
  }
  const entries: ServiceSummary[] = [];
  const failures: RecordFailure[] = [];
  for (const [name, raw] of Object.entries(body)) {
    const tags = tagsSchema.safeParse(raw);
    if (tags.success) entries.push({ name, tags: tags.data ?? [] });
    else
      failures.push({
        node: null,
        id: name,
        message: `A service of ${answer.source} has tags that are no list of texts.`,
      });
  }
  return { entries, failures };
}
