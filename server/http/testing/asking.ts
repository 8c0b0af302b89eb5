import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';

export interface Answer {
  readonly status: number;
  /** Last part of a problem's type; null: it is none. */
  readonly code: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every kind.
  readonly body: any;
  readonly headers: LightMyRequestResponse['headers'];
}

/** Asks an app, as a program does: what it sends is JSON. */
export async function ask(
  app: FastifyInstance,
  request: string,
  { body, ...headers }: Record<string, unknown> = {},
): Promise<Answer> {
  const [method, path = ''] = request.split(' ');
  const isJson = body !== undefined;
  const options: InjectOptions = {
    ...{ method: method as 'GET', url: `/api/v1/${path}` },
    headers: { ...(isJson && { 'content-type': 'application/json' }), ...(headers as Record<string, string>) },
    ...(isJson && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
  const answer = await app.inject(options);
  const json = answer.body === '' ? null : answer.json();
  const code = typeof json?.type === 'string' ? (json.type.split(':').at(-1) ?? null) : null;
  return { status: answer.statusCode, code, body: json, headers: answer.headers };
}
