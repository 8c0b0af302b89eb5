import { z } from 'zod';
import type { Clock, Timer } from './clock';
import type { ConsulError } from './consul-error';
import { wholeBody } from './decode/whole-body';
import { read } from './read';
import type { ConsulAnswer, ConsulTransport } from './transport';

/** Whether the token may read all services and all nodes of a datacenter. A rule that denies single names is not seen by this. */
export interface ReadRights {
  readonly services: boolean;
  readonly nodes: boolean;
}

/** A right that is taken away wakes no watch, and fresh reads then answer empty lists; so it is asked for, at least this often, ms. */
const ASK_EVERY_MS = 15_000;
const LIMIT_MS = 4_500;

/** An empty segment asks for the right to everything. */
const QUESTION = JSON.stringify(
  ['service', 'node'].map((resource) => ({ Resource: resource, Segment: '', Access: 'read' })),
);

const answersSchema = z.array(z.object({ Resource: z.string(), Allow: z.boolean() }));

export interface RightsPollOptions {
  readonly transport: ConsulTransport;
  readonly datacenter: string;
  readonly clock: Clock;
  readonly onRights: (rights: ReadRights) => void;
  readonly onError: (error: ConsulError) => void;
}

/** Asks again and again what the token may read in one datacenter, until it is stopped. `askNow` asks out of turn. */
export function pollRights(options: RightsPollOptions): { askNow(): void; stop(): void } {
  const { transport, datacenter, clock } = options;
  const end = new AbortController();
  let timer: Timer | undefined;

  async function ask(): Promise<void> {
    if (timer) clock.clearTimeout(timer);
    timer = clock.setTimeout(() => void ask(), ASK_EVERY_MS);
    try {
      const { value } = await read(transport, {
        path: '/v1/internal/acl/authorize',
        query: { dc: datacenter },
        method: 'POST',
        body: QUESTION,
        timeoutMs: LIMIT_MS,
        signal: end.signal,
        // 401: ACLs are off, and everything may be read.
        acceptStatuses: [200, 401],
        decode: decodeRights,
      });
      if (!end.signal.aborted) options.onRights(value);
    } catch (error) {
      if (!end.signal.aborted) options.onError(error as ConsulError);
    }
  }

  void ask();
  return {
    askNow: () => void ask(),
    stop() {
      end.abort();
      if (timer) clock.clearTimeout(timer);
    },
  };
}

function decodeRights(answer: ConsulAnswer): ReadRights {
  if (answer.status === 401) return { services: true, nodes: true };
  const answers = wholeBody(answer, answersSchema);
  const allows = (resource: string) => answers.some(({ Resource, Allow }) => Resource === resource && Allow);
  return { services: allows('service'), nodes: allows('node') };
}
