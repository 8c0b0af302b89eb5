import { ConsulError } from '@/server/consul/consul-error';

/**
 * Answers that came whole and were of no use (an error status, no JSON), since the start. The transport cannot count them: whether a status or a
 * body is an error is known only to whoever asked.
 */
export class RefusedAnswers {
  readonly #counts = { status: 0, 'not-json': 0 };

  /** Takes any failure, and counts it where it is one of these. */
  note(error: Error): void {
    if (error instanceof ConsulError && (error.kind === 'status' || error.kind === 'not-json')) {
      this.#counts[error.kind] += 1;
    }
  }

  get counts(): { readonly status: number; readonly 'not-json': number } {
    return this.#counts;
  }
}
