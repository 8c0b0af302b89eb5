import type { FastifyInstance } from 'fastify';
import { isLoopback, type ListenSettings } from '@/server/config/listen';
import { Problem } from './problems';
import { guardWrite } from './write-guard';

/**
 * Guards every route of this scope: only a page of Lictor's own, or a program, changes what alerts do, and only where no stranger can. A DELETE says all in its
 * path, with or without a body.
 */
export function guardAlertWrites(scope: FastifyInstance, listen: ListenSettings): void {
  scope.addHook('onRequest', async (request) => guardWrite(request, listen));
  scope.addHook('preValidation', async () => refuseStrangers(listen));
  const parse = scope.getDefaultJsonParser('error', 'error');
  scope.removeContentTypeParser('application/json');
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (request.method === 'DELETE' && text === '') done(null, undefined);
    else parse(request, text as string, done);
  });
}

function refuseStrangers({ host }: ListenSettings): void {
  if (isLoopback(host)) return;
  throw new Problem(
    'writes-closed',
    `Lictor listens on ${host}, which others can reach, and nobody signs in (LICTOR_AUTH is none), so nobody may change what it alerts of: listen on 127.0.0.1 to do so. Nothing was changed.`,
  );
}
