/**
 * A body without the secrets that went out with its request: an error page of some proxies repeats the request's headers, and what
 * an error quotes of a body ends in logs.
 */
export function withoutSecrets(body: Buffer, secrets: readonly (string | null | undefined)[]): Buffer {
  const found = secrets.filter((secret): secret is string => Boolean(secret) && body.includes(String(secret)));
  if (found.length === 0) return body;
  return Buffer.from(found.reduce((text, secret) => text.replaceAll(secret, '[secret]'), body.toString('utf8')));
}
