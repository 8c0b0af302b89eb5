import { z } from 'zod';
import type { PrometheusSettings } from '@/server/config/prometheus-settings';

/** One value of an instant vector. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  /** When the query was evaluated, seconds since 1970 by Prometheus's clock. */
  readonly atSeconds: number;
  readonly value: number;
}

/** A query that was not answered. The message is the end of a sentence, and holds no secret. */
export class QueryFailed extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'QueryFailed';
  }
}

/** @throws QueryFailed */
export type InstantQuery = (query: string, signal: AbortSignal) => Promise<readonly Sample[]>;

/** Of one question. */
export interface QueryLimits {
  readonly timeoutMs: number;
  readonly mostBytes: number;
}

const SMALL: QueryLimits = { timeoutMs: 1_500, mostBytes: 1_000_000 };
const EXCERPT_CHARACTERS = 200;

const answerSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    data: z.object({
      resultType: z.literal('vector'),
      result: z.array(
        z.object({
          metric: z.record(z.string(), z.string()),
          value: z.tuple([z.number(), z.string()]),
        }),
      ),
    }),
  }),
  z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() }),
]);

/** Prometheus's `GET /api/v1/query`, bounded in time and bytes. Redirects are not followed: they could lead the password elsewhere. */
export function instantQueryAt({ url, basicAuth }: PrometheusSettings, limits: QueryLimits = SMALL): InstantQuery {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (basicAuth !== null) headers.authorization = `Basic ${Buffer.from(basicAuth).toString('base64')}`;
  return async (query, signal) => {
    const { status, body } = await answerOf(
      `${url}/api/v1/query?query=${encodeURIComponent(query)}`,
      headers,
      signal,
      limits,
    );
    const parsed = answerSchema.safeParse(jsonOf(body));
    if (!parsed.success) throw new QueryFailed(`it answered ${status}, and not as Prometheus does`);
    if (parsed.data.status === 'error') {
      const { errorType, error } = parsed.data;
      throw new QueryFailed(`it refused the query (${errorType}: ${error.slice(0, EXCERPT_CHARACTERS)})`);
    }
    return parsed.data.data.result.map(({ metric, value: [atSeconds, value] }) => ({
      labels: metric,
      atSeconds,
      value: Number(value),
    }));
  };
}

async function answerOf(
  url: string,
  headers: Record<string, string>,
  signal: AbortSignal,
  { timeoutMs, mostBytes }: QueryLimits,
): Promise<{ status: number; body: string }> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const answer = await fetch(url, { headers, redirect: 'manual', signal: limit });
    return { status: answer.status, body: await bodyOf(answer, mostBytes) };
  } catch (error) {
    if (error instanceof QueryFailed) throw error;
    throw new QueryFailed(reasonOf(error, timeoutMs));
  }
}

async function bodyOf(answer: Response, mostBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  // Leaving the loop cancels the rest.
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new QueryFailed(`its answer is longer than ${mostBytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
  return cause?.code ?? cause?.message ?? 'the connection failed';
}
