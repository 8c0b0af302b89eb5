import { createHash } from 'node:crypto';

/** First 12 hex digits of the SHA-256: enough to tell contents apart, and to compare with `sha256sum`. */
export function contentDigest(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}
