/**
 * The key of a service's policy document. The name is percent-encoded, so that a slash in it begins no folder; one of dots alone, which a URL would take for
 * another path, has them encoded too.
 */
export function policyKey(prefix: string, service: string): string {
  const segment = encodeURIComponent(service.toWellFormed());
  return prefix + (/^\.+$/.test(segment) ? segment.replaceAll('.', '%2E') : segment);
}
