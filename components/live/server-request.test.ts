import { describe, expect, it } from 'vitest';
import { askServer, ServerProblem } from './server-request';

function serverThat(answer: () => Promise<Response>) {
  const asked: { path: string; init: RequestInit | undefined }[] = [];
  const fetch = (input: RequestInfo | URL, init?: RequestInit) => {
    asked.push({ path: String(input), init });
    return answer();
  };
  return { asked, reader: { basePath: '/lictor', fetch } };
}

const refusal = (status: number, document: unknown) => async () => Response.json(document, { status });

describe('what is asked of the server', () => {
  it('says what it changes, and whose repetition it is', async () => {
    const { asked, reader } = serverThat(async () => Response.json({ id: 'a' }, { status: 201 }));
    const request = {
      method: 'POST',
      path: '/api/v1/silences',
      body: { to: 1 },
      etag: '"e"',
      idempotencyKey: 'k',
    } as const;
    expect(await askServer(reader, request)).toEqual({ id: 'a' });
    expect(asked[0]?.path).toBe('/lictor/api/v1/silences');
    expect(asked[0]?.init?.body).toBe('{"to":1}');
    const headers = new Headers(asked[0]?.init?.headers);
    expect([headers.get('if-match'), headers.get('idempotency-key')]).toEqual(['"e"', 'k']);
  });

  it('may be answered with nothing', async () => {
    const { asked, reader } = serverThat(async () => new Response(null, { status: 204 }));
    expect(await askServer(reader, { method: 'DELETE', path: '/api/v1/dead-letters/a' })).toBeUndefined();
    expect(asked[0]?.init?.body).toBe('{}');
  });

  it('is refused in the server’s words, with what a program may want to know', async () => {
    const document = { type: 'urn:lictor:problem:invalid-rules', title: 'No rules', detail: 'Line 3: no.', line: 3 };
    const { reader } = serverThat(refusal(422, document));
    const problem = await askServer(reader, { method: 'PUT', path: '/api/v1/alert-rules' }).catch(
      (error: ServerProblem) => error,
    );
    expect(problem).toBeInstanceOf(ServerProblem);
    expect(problem).toMatchObject({ message: 'Line 3: no.', status: 422, code: 'invalid-rules', isOpen: false });
    expect((problem as ServerProblem).members).toEqual({ line: 3 });
  });

  it('is told from an answer of somebody in between, and from none at all', async () => {
    const proxy = serverThat(async () => new Response('<html>', { status: 502 }));
    await expect(askServer(proxy.reader, { method: 'POST', path: '/api/v1/x' })).rejects.toMatchObject({
      status: 502,
      code: null,
      isOpen: true,
      message: expect.stringContaining('proxy'),
    });
    const fine = serverThat(async () => new Response('<html>'));
    await expect(askServer(fine.reader, { method: 'POST', path: '/api/v1/x' })).rejects.toBeInstanceOf(ServerProblem);
    const away = serverThat(() => Promise.reject(new TypeError('fetch failed')));
    await expect(askServer(away.reader, { method: 'POST', path: '/api/v1/x' })).rejects.toMatchObject({ status: 0 });
  });

  it('is no failure where it was taken back', async () => {
    const controller = new AbortController();
    const { reader } = serverThat(async () => {
      controller.abort();
      throw controller.signal.reason;
    });
    const asking = askServer(reader, { method: 'POST', path: '/api/v1/x', signal: controller.signal });
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
  });
});
