import type {
  AlertBody,
  AlertRulesBody,
  AlertsBody,
  RulesTrial,
  Silence,
  SilencePreview,
  SilenceWish,
} from '@/lib/alerts/alert-body';

export interface Answered<Body> {
  readonly status: number;
  readonly etag: string | null;
  readonly body: Body & ProblemBody;
}

/** What else stands there where it was not done. */
interface ProblemBody {
  readonly type?: string;
  readonly detail?: string;
  readonly present?: { readonly etag: string; readonly state: string };
  readonly line?: number | null;
  readonly reason?: string;
}

/** Null: none is sent. */
type Etag = string | null;

/** One who looks after alerts by Lictor's API, and sees each answer as it came. */
export class AlertClient {
  constructor(private readonly url: string) {}

  alerts(query = ''): Promise<Answered<AlertsBody>> {
    return this.send('GET', `alerts${query}`);
  }

  alert(id: string): Promise<Answered<AlertBody>> {
    return this.send('GET', `alerts/${encodeURIComponent(id)}`);
  }

  acknowledge(id: string, etag: Etag, note = ''): Promise<Answered<AlertBody>> {
    return this.send('POST', `alerts/${encodeURIComponent(id)}/ack`, { note }, { 'if-match': etag });
  }

  giveBack(id: string, etag: Etag): Promise<Answered<AlertBody>> {
    return this.send('DELETE', `alerts/${encodeURIComponent(id)}/ack`, undefined, { 'if-match': etag });
  }

  preview(filter: string): Promise<Answered<SilencePreview>> {
    return this.send('POST', 'silences/preview', { filter });
  }

  silence(wish: SilenceWish, key: string | null): Promise<Answered<Silence>> {
    return this.send('POST', 'silences', wish, { 'idempotency-key': key });
  }

  endSilence(id: string, etag: Etag): Promise<Answered<Silence>> {
    return this.send('DELETE', `silences/${encodeURIComponent(id)}`, undefined, { 'if-match': etag });
  }

  rules(): Promise<Answered<AlertRulesBody>> {
    return this.send('GET', 'alert-rules');
  }

  saveRules(text: string, etag: Etag): Promise<Answered<AlertRulesBody>> {
    return this.send('PUT', 'alert-rules', { text }, { 'if-match': etag });
  }

  /** Reads them and puts these in their place. */
  async useRules(text: string): Promise<void> {
    const { status, body } = await this.saveRules(text, (await this.rules()).etag);
    if (status !== 200) throw new Error(`The rules were not taken: ${body.detail}`);
  }

  tryRules(text: string): Promise<Answered<RulesTrial>> {
    return this.send('POST', 'alert-rules/try', { text });
  }

  /** @param path behind `/api/v1/` */
  async send<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string | null>> = {},
  ): Promise<Answered<Body>> {
    const sent = Object.entries(headers).filter((header): header is [string, string] => header[1] !== null);
    const answer = await fetch(`${this.url}/api/v1/${path}`, {
      ...{ method, headers: { ...Object.fromEntries(sent), ...(body !== undefined && JSON_TYPE) } },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, etag: answer.headers.get('etag'), body: text === '' ? null : JSON.parse(text) };
  }
}

const JSON_TYPE = { 'content-type': 'application/json' };
