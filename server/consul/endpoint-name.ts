/** Whatever stands behind these names a service, a node or a key: there is no end of them. */
const NAMING = [
  '/v1/health/service/',
  '/v1/health/checks/',
  '/v1/health/node/',
  '/v1/catalog/service/',
  '/v1/catalog/node/',
  '/v1/kv/',
];

/** The endpoint behind a path, what it names replaced: `/v1/health/service/:name`. There are a few dozen, whatever the fleet. */
export function endpointName(path: string): string {
  const naming = NAMING.find((prefix) => path.startsWith(prefix));
  return naming === undefined ? path : `${naming}:name`;
}
