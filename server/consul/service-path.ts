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

/** The path of a configuration entry; null as above. */
export function configEntryPath(kind: string, name: string): string | null {
  return pathTo(`/v1/config/${kind}/`, name);
}

/** The path of a service's compiled discovery chain; null as above. */
export function discoveryChainPath(service: string): string | null {
  return pathTo('/v1/discovery-chain/', service);
}

/** The path of what serves a service in the mesh; null as above. */
export function catalogConnectPath(service: string): string | null {
  return pathTo('/v1/catalog/connect/', service);
}

/** The path of what a gateway serves; null as above. */
export function gatewayServicesPath(gateway: string): string | null {
  return pathTo('/v1/catalog/gateway-services/', gateway);
}

function pathTo(folder: string, name: string): string | null {
  const segments = name.split('/');
  const cleaned = segments.some(
    (segment, at) => segment === '.' || segment === '..' || (segment === '' && at < segments.length - 1),
  );
  return cleaned ? null : `${folder}${encodeURIComponent(name.toWellFormed())}`;
}
