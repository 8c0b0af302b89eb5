import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { preparePageResponse } from './page-response';
import type { AppParts, RenderPage } from './parts';
import { nonceOf } from './security-headers';

/**
 * Hands every other path to Next. Encapsulated, with parsers that leave the body alone: Fastify would otherwise eat it, or answer 415,
 * before Next sees it.
 */
export async function pageRoutes(
  app: FastifyInstance,
  { renderPage }: AppParts & { renderPage: RenderPage },
): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const page = async (request: FastifyRequest, reply: FastifyReply) => {
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    preparePageResponse(request.raw, reply.raw, nonceOf(request.raw));
    await renderPage(request.raw, reply.raw);
  };
  app.all('/*', { schema: { hide: true } }, page);
  // Under a path of the base URL that is another address than the path itself, which links to the overview lead to.
  if (app.prefix !== '') app.all('', { schema: { hide: true } }, page);
}
