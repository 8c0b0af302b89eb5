import type { ShopService } from './shop-catalog';
import type { ShopInstance } from './shop-instance';
import { versionLabel } from './version-label';

/** What the agent runs for each instance. Consul raises an interval below one second to one second. */
export interface CheckTiming {
  intervalMs: number;
  timeoutMs: number;
}

/** The definition with which a shop instance is registered at its own agent: checks that the agent runs, no TTL, nothing written to the catalog. */
export function registrationOf(
  instance: ShopInstance,
  service: ShopService,
  timing: CheckTiming,
): Record<string, unknown> {
  return {
    ID: instance.id,
    Name: instance.service,
    Address: '127.0.0.1',
    Port: instance.port,
    // The second is for DNS, which knows no dot within a label.
    Tags: [`v${instance.version}`, versionLabel(instance.version), instance.protocol, ...service.tags],
    Meta: {
      ...{ version: instance.version, team: service.team, protocol: instance.protocol },
      ...(service.declares && { upstreams: service.declares.join(', ') }),
    },
    Weights: { Passing: 10, Warning: 1 },
    Checks: checksOf(instance, timing),
    ...(service.upstreams === null ? {} : { Connect: { SidecarService: sidecarOf(instance, service.upstreams) } }),
  };
}

function checksOf(instance: ShopInstance, { intervalMs, timeoutMs }: CheckTiming): Record<string, unknown>[] {
  const paced = { Interval: `${intervalMs}ms`, Timeout: `${timeoutMs}ms` };
  const health = {
    CheckID: `${instance.id}:health`,
    Name: `GET /health of ${instance.service}`,
    HTTP: `http://127.0.0.1:${instance.healthPort}/health`,
    ...paced,
  };
  if (instance.protocol === 'http') return [health];
  const connect = {
    CheckID: `${instance.id}:tcp`,
    Name: `TCP connect to ${instance.service}`,
    TCP: `127.0.0.1:${instance.port}`,
    ...paced,
  };
  return [connect, health];
}

const FIRST_UPSTREAM_PORT = 9191;

/** No proxy process runs here, so the sidecar is as healthy as its service; Consul's default check would connect to a port that nobody opens. */
function sidecarOf(instance: ShopInstance, upstreams: string[]): Record<string, unknown> {
  return {
    Checks: [{ Name: `Alias of ${instance.id}`, AliasService: instance.id }],
    Proxy: {
      Upstreams: upstreams.map((name, index) => ({
        DestinationName: name,
        LocalBindPort: FIRST_UPSTREAM_PORT + index,
      })),
    },
  };
}
