import { excerpt } from '@/server/consul/excerpt';
import { withoutSecrets } from '@/server/consul/redact';

/** The beginning of an answer for a sentence, in quotes and after a colon; empty where there is none. @param secrets what went out and must not come back */
export function answerExcerpt(body: Buffer, secrets: readonly (string | null)[]): string {
  const line = excerpt(withoutSecrets(body, secrets).toString('utf8'));
  return line === '' ? '' : `: ${JSON.stringify(line)}`;
}

/** A header's value, and what of it is a secret. */
export function basicAuthHeader(basicAuth: string | null): {
  readonly value: string | null;
  readonly secrets: string[];
} {
  if (basicAuth === null) return { value: null, secrets: [] };
  const encoded = Buffer.from(basicAuth).toString('base64');
  const password = basicAuth.slice(basicAuth.indexOf(':') + 1);
  return { value: `Basic ${encoded}`, secrets: [encoded, basicAuth, password] };
}
