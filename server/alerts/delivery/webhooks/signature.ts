import { createHmac } from 'node:crypto';

/** What proves that a delivery is from who knows the secret, and when it was sent: over `<timestamp>.<body>`. @param timestamp seconds since 1970 */
export function signature(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}
