/** Where requests can go. */
export interface Target {
  id: string;
  version: string;
  host: string;
  port: number;
}

interface Entry {
  Node: { Address: string };
  Service: { ID: string; Address: string; Port: number; Tags: string[] | null; Meta: Record<string, string> | null };
  Checks: { CheckID: string }[];
}

/** A tag that is a version: `v2`, `1.4`, `v1.4.2-rc.1+build`. */
const VERSION = /^(?:v\d+|v?\d+(?:\.\d+){1,2})(?:[-+][0-9A-Za-z.+-]+)?$/;

/**
 * The instances of an answer of `/v1/health/service/:name?passing`, by version. One whose only check is that its node is there was never seen to serve, and
 * gets nothing.
 */
export function targetsByVersion(body: string, versionMetaKey: string): Map<string, Target[]> {
  const targets = new Map<string, Target[]>();
  for (const { Node, Service, Checks } of JSON.parse(body) as Entry[]) {
    if (Checks.every(({ CheckID }) => CheckID === 'serfHealth')) continue;
    const version = Service.Meta?.[versionMetaKey] || Service.Tags?.find((tag) => VERSION.test(tag)) || 'unversioned';
    const target = { id: Service.ID, version, host: Service.Address || Node.Address, port: Service.Port };
    targets.set(version, [...(targets.get(version) ?? []), target]);
  }
  return targets;
}
