import http from 'node:http';
import { serviceKey } from '@/lib/fleet/keys';
import type { SplitBody, SplitPreview, SplitsBody } from '@/lib/release/split-body';
import type { SplitQuestion } from '@/lib/release/split-question';

export interface Answered<Body> {
  readonly status: number;
  readonly etag: string | null;
  readonly body: Body;
}

/** What the API answers where it does not do what was asked. */
export interface ProblemBody {
  readonly type: string;
  readonly detail: string;
  readonly code?: string;
  readonly present?: SplitBody;
}

type Headers = Readonly<Record<string, string>>;

/** One who moves traffic by Lictor's API, and sees each answer as it came. */
export class SplitClient {
  constructor(private readonly url: string) {}

  splits(): Promise<Answered<SplitsBody>> {
    return this.send('GET', '/api/v1/splits');
  }

  split(dc: string, name: string): Promise<Answered<SplitBody>> {
    return this.send('GET', pathOf(dc, name));
  }

  preview(dc: string, name: string, question: SplitQuestion): Promise<Answered<SplitPreview & ProblemBody>> {
    return this.send('POST', `${pathOf(dc, name)}/preview`, question);
  }

  /** @param etag null: none is sent */
  write(
    dc: string,
    name: string,
    wish: SplitQuestion,
    etag: string | null,
    headers: Headers = {},
  ): Promise<Answered<SplitBody & ProblemBody>> {
    return this.send('POST', pathOf(dc, name), wish, { ...ifMatch(etag), ...headers });
  }

  verb(
    dc: string,
    name: string,
    verb: 'undo' | 'adopt' | 'put-back',
    etag: string | null,
  ): Promise<Answered<SplitBody & ProblemBody>> {
    return this.send('POST', `${pathOf(dc, name)}/${verb}`, {}, ifMatch(etag));
  }

  /** Reads it and writes on what was read. */
  async move(dc: string, name: string, wish: SplitQuestion): Promise<Answered<SplitBody & ProblemBody>> {
    const { etag } = await this.split(dc, name);
    return this.write(dc, name, wish, etag);
  }

  /** The path goes on the wire as it is given: `fetch` would take the service `..` for a step up. */
  send<Body>(method: string, path: string, body?: unknown, headers: Headers = {}): Promise<Answered<Body>> {
    const { hostname, port } = new URL(this.url);
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const type: Headers = text === undefined ? {} : { 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const request = http.request({ hostname, port, path, method, headers: { ...type, ...headers } }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () => {
          const said = Buffer.concat(chunks).toString('utf8');
          resolve({
            status: answer.statusCode ?? 0,
            etag: answer.headers.etag ?? null,
            body: JSON.parse(said) as Body,
          });
        });
      });
      request.once('error', reject);
      request.end(text);
    });
  }
}

const pathOf = (dc: string, name: string): string => `/api/v1/splits/${serviceKey(dc, name)}`;
const ifMatch = (etag: string | null): Headers => (etag === null ? {} : { 'if-match': etag });
