import type { z } from 'zod';
import { answerExcerpt, basicAuthHeader } from '@/server/alerts/delivery/answer-excerpt';
import { type BoundedAnswer, boundedRequest } from '@/server/alerts/delivery/network/bounded-request';
import { RequestFailed } from '@/server/alerts/delivery/network/request-failed';
import type { AlertmanagerSettings } from '@/server/config/alertmanager-settings';
import type { Clock } from '@/server/consul/clock';
import {
  alertsAnswer,
  type SilenceAnswer,
  silencePutAnswer,
  silencesAnswer,
  statusAnswer,
} from './alertmanager-answers';
import { ALERT_LABEL, type PostedAlert } from './posted-alert';

/** Of an answer to what is posted. */
const MOST_BYTES = 64 * 1024;
/** Of a list of what is there: 10,000 alerts or silences are no more. */
const MOST_LIST_BYTES = 16 * 1024 * 1024;
/** It understood, and does not want this one. */
const REFUSALS = new Set([400, 413, 422]);

/** One Alertmanager's API v2. Each method rejects with a `RequestFailed`. */
export class AlertmanagerApi {
  readonly #auth: ReturnType<typeof basicAuthHeader>;

  constructor(
    private readonly settings: AlertmanagerSettings,
    private readonly timeoutMs: number,
    private readonly clock: Clock,
    /** Each answer's date, by the Alertmanager's clock, ms since 1970. */
    private readonly answered: (dateMs: number) => void,
  ) {
    this.#auth = basicAuthHeader(settings.basicAuth);
  }

  /** When it was started, ms since 1970 by its own clock. */
  async startedAtMs(signal: AbortSignal): Promise<number> {
    return Date.parse((await this.#read('status', statusAnswer, signal)).uptime);
  }

  /** Lictor's alerts that fire there. */
  alerts(signal: AbortSignal): Promise<z.infer<typeof alertsAnswer>> {
    const filter = encodeURIComponent(`${ALERT_LABEL}=~".+"`);
    return this.#read(`alerts?filter=${filter}`, alertsAnswer, signal);
  }

  silences(signal: AbortSignal): Promise<readonly SilenceAnswer[]> {
    return this.#read('silences', silencesAnswer, signal);
  }

  /** @returns why it refused one of them, the end of a sentence; null: it has them all */
  async post(alerts: readonly PostedAlert[], signal: AbortSignal): Promise<string | null> {
    return this.#refusalOf(await this.#ask('POST', 'alerts', signal, alerts));
  }

  /** Makes a silence, or changes one that has an id. @returns its id, another one maybe; or why it refused it */
  async putSilence(
    silence: Record<string, unknown>,
    signal: AbortSignal,
  ): Promise<{ readonly id: string } | { readonly refusal: string }> {
    const answer = await this.#ask('POST', 'silences', signal, silence);
    // The one to be changed is not there any more.
    if (answer.status === 404 && silence.id !== undefined) {
      const { id: _gone, ...anew } = silence;
      return this.putSilence(anew, signal);
    }
    const refusal = this.#refusalOf(answer);
    return refusal === null ? { id: this.#parsed(answer, silencePutAnswer).silenceID } : { refusal };
  }

  /** It ends now, or has ended. */
  async endSilence(id: string, signal: AbortSignal): Promise<void> {
    const answer = await this.#ask('DELETE', `silence/${encodeURIComponent(id)}`, signal);
    // Versions differ in how they say that there is none.
    if (answer.status === 404 || /not found|already expired/.test(answer.body.toString('utf8'))) return;
    this.#mustBeWell(answer);
  }

  async #read<T>(path: string, schema: z.ZodType<T>, signal: AbortSignal): Promise<T> {
    const answer = await this.#ask('GET', path, signal);
    this.#mustBeWell(answer);
    return this.#parsed(answer, schema);
  }

  async #ask(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    signal: AbortSignal,
    content?: unknown,
  ): Promise<BoundedAnswer> {
    const { value: authorization } = this.#auth;
    const answer = await boundedRequest(
      {
        ...{ url: new URL(`${this.settings.url}/api/v2/${path}`), method, signal, timeoutMs: this.timeoutMs },
        headers: {
          ...{ accept: 'application/json', 'user-agent': 'Lictor' },
          ...(content !== undefined && { 'content-type': 'application/json' }),
          ...(authorization !== null && { authorization }),
        },
        body: content === undefined ? null : JSON.stringify(content),
        mostBytes: method === 'GET' ? MOST_LIST_BYTES : MOST_BYTES,
      },
      this.clock,
    );
    if (answer.dateMs !== null) this.answered(answer.dateMs);
    return answer;
  }

  #refusalOf(answer: BoundedAnswer): string | null {
    if (REFUSALS.has(answer.status)) return `it answered ${answer.status}${this.#excerptOf(answer)}`;
    this.#mustBeWell(answer);
    return null;
  }

  #mustBeWell(answer: BoundedAnswer): void {
    const { status } = answer;
    if (status >= 200 && status < 300) return;
    if (status >= 300 && status < 400) {
      throw new RequestFailed(`it answered ${status} and sends on to another address, which Lictor does not follow`);
    }
    throw new RequestFailed(`it answered ${status}${this.#excerptOf(answer)}`);
  }

  #parsed<T>(answer: BoundedAnswer, schema: z.ZodType<T>): T {
    const parsed = schema.safeParse(jsonOf(answer.body));
    if (parsed.success) return parsed.data;
    throw new RequestFailed(`it answered ${answer.status}, and not as Alertmanager's API v2 does; check the address`);
  }

  #excerptOf({ body }: BoundedAnswer): string {
    return answerExcerpt(body, this.#auth.secrets);
  }
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
