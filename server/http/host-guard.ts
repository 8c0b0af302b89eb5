import type { FastifyInstance } from 'fastify';
import { isLoopback, type ListenSettings } from '@/server/config/listen';
import { Problem } from './problems';

/**
 * Without sign-in, being on loopback is the only guard, and a foreign page can get around it by a name that it re-binds to 127.0.0.1.
 * So a loopback server answers to loopback names and to its own base URL alone.
 */
export function guardHost(app: FastifyInstance, listen: ListenSettings): void {
  if (!isLoopback(listen.host)) return;
  const ownName = listen.baseUrl ? new URL(listen.baseUrl).hostname : null;
  app.addHook('onRequest', async (request) => {
    const name = hostName(request.headers.host ?? '');
    if (name === ownName || isLoopback(name)) return;
    throw new Problem(
      'foreign-host',
      `Lictor listens on loopback and answers to localhost${ownName ? ` and ${ownName}` : ''} alone. Behind a proxy, set LICTOR_BASE_URL to its address.`,
    );
  });
}

function hostName(host: string): string {
  return host
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
}
