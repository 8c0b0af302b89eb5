import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * What the pages' build made for browsers, named after its content, so that it may be kept for ever. As it was packed at the build: Next would pack each file anew for each
 * visit, in the thread that everything else here shares.
 */
export async function publicFiles(app: FastifyInstance, { pagesDir }: { pagesDir: string }): Promise<void> {
  const root = resolve(pagesDir, '.next/static');
  if (!existsSync(root)) return;
  await app.register(fastifyStatic, {
    ...{ root, prefix: '/_next/static/', index: false, decorateReply: false },
    ...{ preCompressed: true, immutable: true, maxAge: '365d' },
  });
}
