import type { AnswerReader } from '@/components/live/answer-query';
import type { SplitBody } from '@/lib/release/split-body';

/** The server refused, or could not be asked. The message is a sentence for a person: the server's own, where it sent one. */
export class SplitProblem extends Error {
  constructor(
    sentence: string,
    /** HTTP status; 0: nobody answered. */
    readonly status: number,
    /** What stands now, where that is why it was refused. */
    readonly present: SplitBody | null = null,
    options: ErrorOptions = {},
  ) {
    super(sentence, options);
    this.name = 'SplitProblem';
  }
}

interface SplitRequest {
  /** Service key, each segment percent-encoded. */
  readonly key: string;
  /** `preview`, `undo`, `adopt`, `put-back`; null: the split itself. */
  readonly verb: string | null;
  readonly body: unknown;
  /** Of what must still stand; null: whatever stands. */
  readonly etag: string | null;
}

/** Asks the server to preview or to write. @throws SplitProblem */
export async function askSplit<Answer extends object>(
  { basePath, fetch }: AnswerReader,
  { key, verb, body, etag }: SplitRequest,
): Promise<Answer> {
  const path = `${basePath}/api/v1/splits/${key}${verb === null ? '' : `/${verb}`}`;
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    ...(etag ? { 'if-match': etag } : {}),
  };
  const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }).catch((cause) => {
    throw new SplitProblem('Lictor cannot be reached.', 0, null, { cause });
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && typeof answer === 'object' && answer !== null) return answer as Answer;
  throw problemOf(response.status, answer, path);
}

function problemOf(status: number, answer: unknown, path: string): SplitProblem {
  const { title, detail, present } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof title !== 'string') {
    return new SplitProblem(
      `The answer ${status} to ${path} is none of Lictor's server: look for a proxy in between.`,
      status,
    );
  }
  const stands = typeof present === 'object' && present !== null ? (present as SplitBody) : null;
  return new SplitProblem(typeof detail === 'string' ? detail : title, status, stands);
}
