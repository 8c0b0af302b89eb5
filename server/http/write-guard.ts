import type { FastifyRequest } from 'fastify';
import type { ListenSettings } from '@/server/config/listen';
import { Problem } from './problems';

/** A wish is small; whatever is larger is none. */
export const WRITE_BODY_LIMIT = 64 * 1024;

/**
 * Lets through what a page of Lictor's own, or a program, asks for: a foreign page cannot send JSON without asking first, and its browser says where it comes
 * from.
 * @throws Problem
 */
export function guardWrite(request: FastifyRequest, { baseUrl }: ListenSettings): void {
  const { origin, host, 'sec-fetch-site': site, 'content-type': type = '' } = request.headers;
  const isOwn = origin === undefined || isOwnOrigin(origin, host ?? '', baseUrl);
  if (!isOwn || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
    throw new Problem(
      'foreign-origin',
      'The request comes from a page that is not Lictor’s own. Nothing was written. Behind a proxy, set LICTOR_BASE_URL to its address.',
    );
  }
  // No form can delete, and a foreign page that tries by script has to ask first.
  if (request.method === 'DELETE' && type === '') return;
  if (/^application\/json *(;|$)/i.test(type)) return;
  throw new Problem(
    'unsupported-media-type',
    'A change takes JSON (Content-Type: application/json). Nothing was written.',
  );
}

/**
 * What `If-Match` brought, quotes included.
 * @throws Problem where there is none
 */
export function requiredEtag(request: FastifyRequest): string {
  const etag = optionalEtag(request);
  if (etag !== null) return etag;
  throw new Problem(
    'precondition-required',
    'A change takes the ETag of what it changes as If-Match, so that nothing is overwritten unseen. Nothing was written: read it, decide, and send its ETag.',
  );
}

export function optionalEtag(request: FastifyRequest): string | null {
  return request.headers['if-match']?.trim() || null;
}

function isOwnOrigin(origin: string, host: string, baseUrl: string | null): boolean {
  if (!URL.canParse(origin)) return false;
  return new URL(origin).host === host || (baseUrl !== null && new URL(baseUrl).origin === origin);
}
