export interface AnswerReader {
  /** Path prefix that Lictor is served under, without a slash at its end; empty at the root. */
  readonly basePath: string;
  readonly fetch: typeof fetch;
}

/** A GET's body, if `isBody` finds its frame. Rejects with a sentence for a person: the server's own, where it is a problem document. */
export async function readAnswer<Body>(
  { basePath, fetch }: AnswerReader,
  path: string,
  isBody: (value: unknown) => value is Body,
  signal?: AbortSignal,
): Promise<Body> {
  const response = await ask(fetch, `${basePath}${path}`, signal);
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Error(problemSentence(answer) ?? `Lictor answered ${response.status} to ${path}.`);
  if (isBody(answer)) return answer;
  throw new Error(`The answer to ${path} is not what Lictor's server sends: look for a proxy in between.`);
}

/** What a problem document says; null for anything else. */
function problemSentence(answer: unknown): string | null {
  const { title, detail } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof title !== 'string') return null;
  return typeof detail === 'string' ? detail : title;
}

async function ask(fetch: AnswerReader['fetch'], path: string, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch(path, { headers: { accept: 'application/json' }, ...(signal ? { signal } : {}) });
  } catch (cause) {
    throw new Error('Lictor cannot be reached.', { cause });
  }
}
