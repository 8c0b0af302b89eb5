import { randomBytes } from 'node:crypto';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const CSP = 'content-security-policy';

const nonces = new WeakMap<object, string>();

/** The nonce of this request's policy. @throws Error where there is none yet */
export function nonceOf(request: object): string {
  const nonce = nonces.get(request);
  if (nonce === undefined) throw new Error('The request has no nonce yet.');
  return nonce;
}

/**
 * One nonce a request, made before helmet runs and put where Next looks for it; helmet's own nonces would be two others. Style
 * attributes are allowed, for charts and virtual lists need them; scripts run by nonce alone.
 */
export async function registerSecurityHeaders(app: FastifyInstance, secure: boolean): Promise<void> {
  const policies = new WeakMap<object, string>();
  app.addHook('onRequest', async (request) => {
    const nonce = randomBytes(16).toString('base64');
    const policy = contentSecurityPolicy(nonce, secure);
    nonces.set(request.raw, nonce);
    policies.set(request.raw, policy);
    request.raw.headers[CSP] = policy;
  });
  await app.register(helmet, {
    contentSecurityPolicy: false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
  });
  app.addHook('onRequest', async (request, reply) => {
    const policy = policies.get(request.raw);
    if (policy) reply.header(CSP, policy);
  });
}

function contentSecurityPolicy(nonce: string, secure: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
