import type { AnswerReader } from './answer-query';

/** The server refused, or could not be asked. The message is a sentence for a person: the server's own, where it sent one. */
export class ServerProblem extends Error {
  constructor(
    sentence: string,
    /** HTTP status; 0: nobody answered. */
    readonly status: number,
    /** Last part of the problem's `type`, by which it can be told from others; null: it was no problem document. */
    readonly code: string | null = null,
    /** What else the document says. */
    readonly members: Readonly<Record<string, unknown>> = {},
    options: ErrorOptions = {},
  ) {
    super(sentence, options);
    this.name = 'ServerProblem';
  }

  /** Nobody's answer, or that of a server in trouble: what became of it is not known. */
  get isOpen(): boolean {
    return this.status === 0 || this.status >= 500;
  }

  /** There is no such route: this Lictor is read-only. */
  get isClosed(): boolean {
    return this.code === 'not-found' || this.code === 'method-not-allowed';
  }
}

interface ServerRequest {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  /** Begins with `/api/`. */
  readonly path: string;
  /** As JSON. The server takes changes as JSON alone, also those that have nothing to say. */
  readonly body?: object;
  /** Of what must still stand. */
  readonly etag?: string;
  /** The same for each repetition of one wish. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

const PROBLEM_TYPE = 'urn:lictor:problem:';

/** Asks the server to do something. What it answers, undefined where that is nothing. @throws ServerProblem, and what the signal was aborted with */
export async function askServer<Answer>(
  { basePath, fetch }: AnswerReader,
  { method, path, body = {}, etag, idempotencyKey, signal }: ServerRequest,
): Promise<Answer> {
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    ...(etag === undefined ? {} : { 'if-match': etag }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
  };
  const init: RequestInit = { method, headers, body: JSON.stringify(body), ...(signal ? { signal } : {}) };
  const response = await fetch(`${basePath}${path}`, init).catch((cause) => {
    signal?.throwIfAborted();
    throw new ServerProblem('Lictor cannot be reached.', 0, null, {}, { cause });
  });
  const text = await response.text().catch(() => '');
  const answer = jsonOf(text);
  if (response.ok && (answer !== undefined || text === '')) return answer as Answer;
  throw problemOf(response.status, answer, path);
}

function problemOf(status: number, answer: unknown, path: string): ServerProblem {
  const { type, title, detail, ...members } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof title !== 'string') {
    const sentence = `The answer ${status} to ${path} is none of Lictor's server: look for a proxy in between.`;
    return new ServerProblem(sentence, status);
  }
  const code = typeof type === 'string' && type.startsWith(PROBLEM_TYPE) ? type.slice(PROBLEM_TYPE.length) : null;
  return new ServerProblem(typeof detail === 'string' ? detail : title, status, code, members);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
