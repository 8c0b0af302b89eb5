import type { FastifyInstance } from 'fastify';
import { closedAlerts } from '@/server/config/closed-alerts';
import type { ListenSettings } from '@/server/config/listen';
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

function refuseStrangers(listen: ListenSettings): void {
  const closed = closedAlerts(listen, false);
  if (closed !== null) throw new Problem('writes-closed', `${closed} Nothing was changed.`);
}
