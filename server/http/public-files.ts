import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * What the pages' build made for browsers, named after its content, so that it may be kept for ever. As it was packed at the build: Next would pack each file anew for each
 * visit, in the thread that everything else here shares.
 */
export async function publicFiles(app: FastifyInstance, { pagesDir }: { pagesDir: string }): Promise<void> {
  const root = resolve(pagesDir, '.next/static');
  if (!existsSync(root)) return;
  const names = namesIn(root);
  await app.register(fastifyStatic, {
    ...{ root, prefix: '/_next/static/', serve: false },
    ...{ preCompressed: true, immutable: true, maxAge: '365d' },
  });
  // Not by its own route: to see how a name is spelled that reads the whole folder for each of the thirty files of a visit.
  app.get<{ Params: { '*': string } }>('/_next/static/*', { schema: { hide: true } }, (request, reply) => {
    const { '*': name } = request.params;
    return names.has(name) ? reply.sendFile(name) : reply.callNotFound();
  });
}

/** Of all files in a folder, with `/` between their parts. */
function namesIn(root: string): ReadonlySet<string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Set(files.map(({ parentPath, name }) => relative(root, join(parentPath, name)).replaceAll(sep, '/')));
}
