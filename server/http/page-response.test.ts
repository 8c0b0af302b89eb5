import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { preparePageResponse } from './page-response';

const STYLE = '<style data-precedence="next">p{}</style>';
const PAGE = `<html><head>${STYLE}</head><body>${'<p>a line</p>'.repeat(200)}</body></html>`;
const SIGNED = PAGE.replace('<style ', '<style nonce="n0nce" ');

const endings: (() => unknown)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

async function answered(
  render: (response: ServerResponse, request: IncomingMessage) => void,
  init: RequestInit = {},
): Promise<Response> {
  const server = createServer((request, response) => {
    preparePageResponse(request, response, 'n0nce');
    render(response, request);
  });
  endings.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { ...init, keepalive: false });
}

const html = (response: ServerResponse) => response.setHeader('content-type', 'text/html; charset=utf-8');

test('a page that is written in pieces has its style signed, and is packed after that', async () => {
  const answer = await answered((response) => {
    html(response);
    for (let at = 0; at < PAGE.length; at += 20) response.write(PAGE.slice(at, at + 20));
    response.end();
  });
  expect(answer.headers.get('content-encoding')).toMatch(/^(gzip|br)$/);
  expect(await answer.text()).toBe(SIGNED);
});

test('a page that is written at once is, too, and the callback of its end is called', async () => {
  const ended = new Promise<void>((resolve) => {
    void answered((response) => {
      html(response);
      response.end(Buffer.from(PAGE), () => resolve());
    }).then(async (answer) => expect(await answer.text()).toBe(SIGNED));
  });
  await ended;
});

test('a reader who takes nothing packed gets it as it is', async () => {
  const init = { headers: { 'accept-encoding': 'identity' } };
  const answer = await answered((response) => {
    html(response);
    response.end(PAGE);
  }, init);
  expect(answer.headers.get('content-encoding')).toBeNull();
  expect(await answer.text()).toBe(SIGNED);
});

test('what is no page is not looked at, and an answer without a body has none', async () => {
  const data = await answered((response) => {
    response.setHeader('content-type', 'text/x-component');
    response.end(PAGE);
  });
  expect(await data.text()).toBe(PAGE);
  const empty = await answered((response) => {
    response.statusCode = 304;
    response.end();
  });
  expect([empty.status, await empty.text()]).toEqual([304, '']);
});
