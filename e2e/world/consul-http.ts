const DEFAULT_TIMEOUT_MS = 10_000;

export interface ConsulAnswer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** An answer of Consul other than 2xx. */
class ConsulHttpError extends Error {
  readonly status: number;

  constructor(method: string, path: string, status: number, body: string) {
    super(`Consul answered ${status} to ${method} ${path}: ${body.trim().slice(0, 300)}`);
    this.name = 'ConsulHttpError';
    this.status = status;
  }
}

/**
 * Bare HTTP to one Consul agent, for the world and its tests: no retry, no watch, nothing of Lictor's own, so that a test can compare the two.
 */
export class ConsulHttp {
  readonly address: string;
  readonly #token: string | null;

  /** @param address such as `http://127.0.0.1:8500` */
  constructor(address: string, token: string | null = null) {
    this.address = address;
    this.#token = token;
  }

  async get<T>(path: string, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<T> {
    return (await this.request<T>('GET', path, undefined, timeoutMs)).body;
  }

  async put<T>(path: string, body?: unknown, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<T> {
    return (await this.request<T>('PUT', path, body, timeoutMs)).body;
  }

  async post<T>(path: string, body?: unknown, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<T> {
    return (await this.request<T>('POST', path, body, timeoutMs)).body;
  }

  async delete<T>(path: string, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<T> {
    return (await this.request<T>('DELETE', path, undefined, timeoutMs)).body;
  }

  /** The whole answer, JSON parsed where it is JSON. Throws ConsulHttpError for any status but 2xx. */
  async request<T>(
    method: string,
    path: string,
    body?: unknown,
    timeoutMs = DEFAULT_TIMEOUT_MS,
  ): Promise<ConsulAnswer<T>> {
    const answer = await fetch(`${this.address}${path}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(this.#token === null ? {} : { headers: { 'X-Consul-Token': this.#token } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new ConsulHttpError(method, path, answer.status, text);
    return { status: answer.status, headers: answer.headers, body: parsed(text) as T };
  }
}

/** Consul answers some writes with nothing at all, and some reads with bare text. */
function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
