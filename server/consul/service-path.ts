/**
 * The path of a service's health. Null where Consul's router would answer 301 to the cleaned path, which may be another service's
 * (`a/../b` leads to `b`): such a name can be read only by other endpoints.
 */
export function healthServicePath(name: string): string | null {
  return pathTo('/v1/health/service/', name);
}

/** The path of a node's checks; null as above. */
export function healthNodePath(node: string): string | null {
  return pathTo('/v1/health/node/', node);
}

function pathTo(folder: string, name: string): string | null {
  const segments = name.split('/');
  const cleaned = segments.some(
    (segment, at) => segment === '.' || segment === '..' || (segment === '' && at < segments.length - 1),
  );
  return cleaned ? null : `${folder}${encodeURIComponent(name.toWellFormed())}`;
}
