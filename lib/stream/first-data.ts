import type { AlertsBody } from '@/lib/alerts/alert-body';
import type { FleetBody, NodeBody, NodesBody, ServiceBody } from '@/lib/fleet/model';
import type { SystemBody } from '@/lib/system/system-body';
import type { TopologyBody } from '@/lib/topology/topology-body';

/** What a page may ask the server for while it renders, so that the first HTML already shows the fleet. */
export interface FirstData {
  /** Path prefix that Lictor is served under, without a slash at its end; empty at the root. */
  readonly basePath: string;
  /** The template of links to where traces are kept; null: none is known. */
  readonly traceUrl: string | null;
  fleet(): FleetBody;
  nodes(): NodesBody;
  /** undefined: no such node now. */
  node(dc: string, name: string): NodeBody | undefined;
  system(): SystemBody;
  alerts(): AlertsBody;
  topology(): TopologyBody;
  /** undefined: no such service now. */
  service(key: string): ServiceBody | undefined;
  /** The server's time, ISO 8601. */
  nowIso(): string;
}

declare global {
  // A singleton of a module is not shared between Next's bundles and the server's own; globalThis is.
  var lictorFirstData: FirstData | undefined;
}

/** The server's accessor. Throws where pages are rendered without Lictor's server around them. */
export function firstData(): FirstData {
  if (!globalThis.lictorFirstData) {
    throw new Error('Lictor renders pages only inside its own server: start it with `npm start` or `npm run demo`.');
  }
  return globalThis.lictorFirstData;
}
