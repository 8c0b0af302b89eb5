import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Intent } from '@/lib/release/journal/intent';

/**
 * HMAC-SHA256 (RFC 2104), hex, over a plan as it stands in the journal and what it is for. Whoever may write the journal's keys, but does not know the token, can make
 * no plan that Lictor would carry out with it. Each write of an old plan that is put there again loses its comparison.
 */
export function planSignature(secret: string, intent: Intent, parts: readonly Buffer[]): string {
  const { id, dc, service, mechanism, by } = intent;
  const hmac = createHmac('sha256', secret).update(JSON.stringify([id, dc, service, mechanism, by]));
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}

export function isSignedBy(secret: string, intent: Intent, parts: readonly Buffer[]): boolean {
  const expected = Buffer.from(planSignature(secret, intent, parts), 'hex');
  const given = Buffer.from(intent.signature ?? '', 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
