/** What stands behind these names a service, a node, a key or an entry: there is no end of them. */
const NAMING = [
  /^(\/v1\/health\/(?:service|checks|node)\/)./,
  /^(\/v1\/catalog\/(?:service|node|connect)\/)./,
  /^(\/v1\/kv\/)./,
  /^(\/v1\/discovery-chain\/)./,
  /^(\/v1\/config\/[a-z-]+\/)./,
  /^(\/v1\/agent\/service\/maintenance\/)./,
  /^(\/v1\/agent\/service\/)(?!register$)./,
];

/** The endpoint behind a path, what it names replaced: `/v1/health/service/:name`. There are a few dozen, whatever the fleet. */
export function endpointName(path: string): string {
  for (const naming of NAMING) {
    const prefix = naming.exec(path)?.[1];
    if (prefix !== undefined) return `${prefix}:name`;
  }
  return path;
}
