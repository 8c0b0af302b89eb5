import { Agent, request as ask, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Target } from './instances';

const agent = new Agent({ keepAlive: true });
const TIMEOUT_MS = 10_000;

/** About one connection, not about the request. */
const OF_A_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const ofTheRequest = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_A_CONNECTION.has(name)));

/**
 * Passes a request on to an instance, and its answer back.
 * @returns its status; null: the instance could not be asked, and nothing of an answer was sent
 */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { host, port }: Target,
): Promise<number | null> {
  return new Promise((resolve) => {
    const options = {
      ...{ host, port, agent, path: request.url, method: request.method, timeout: TIMEOUT_MS },
      headers: ofTheRequest(request.headers),
    };
    const onward = ask(options, (answer) => {
      const status = answer.statusCode ?? 502;
      response.writeHead(status, ofTheRequest(answer.headers));
      answer.pipe(response);
      answer.once('error', () => response.destroy());
      resolve(status);
    });
    onward.once('timeout', () => onward.destroy());
    onward.once('error', () => {
      if (response.headersSent) response.destroy();
      else resolve(null);
    });
    response.once('close', () => onward.destroy());
    request.pipe(onward);
  });
}
