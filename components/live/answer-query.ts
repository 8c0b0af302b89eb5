import { z } from 'zod';

export interface AnswerReader {
  /** Path prefix that Lictor is served under, without a slash at its end; empty at the root. */
  readonly basePath: string;
  readonly fetch: typeof fetch;
}

const problemSchema = z.object({ title: z.string(), detail: z.string().optional() });

/** A GET's body, checked by `schema`. Rejects with a sentence for a person: the server's own, where it is a problem document. */
export async function readAnswer<Body>(
  { basePath, fetch }: AnswerReader,
  path: string,
  schema: z.ZodType<Body>,
  signal?: AbortSignal,
): Promise<Body> {
  const response = await ask(fetch, `${basePath}${path}`, signal);
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const problem = problemSchema.safeParse(answer);
    throw new Error(
      problem.success ? (problem.data.detail ?? problem.data.title) : `Lictor answered ${response.status} to ${path}.`,
    );
  }
  const body = schema.safeParse(answer);
  if (body.success) return body.data;
  throw new Error(`The answer to ${path} is not what Lictor's server sends: look for a proxy in between.`);
}

async function ask(fetch: AnswerReader['fetch'], path: string, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch(path, { headers: { accept: 'application/json' }, ...(signal ? { signal } : {}) });
  } catch (cause) {
    throw new Error('Lictor cannot be reached.', { cause });
  }
}
