import { serviceKey } from '@/lib/fleet/keys';
import { tenantName } from '@/lib/topology/configured/configured-part';
import type { EdgeEvidence } from '@/lib/topology/edge-evidence';
import { ConsulError } from '@/server/consul/consul-error';
import { decodeGatewayServices, type GatewayService } from '@/server/consul/decode/gateway-services';
import { read } from '@/server/consul/read';
import { gatewayServicesPath } from '@/server/consul/service-path';
import { LIMIT_MS, type Place } from './place';
import { type RepeatedRead, readRepeatedly } from './repeated-read';

const EVERY_MS = 60_000;
const NAME = 'gateways';
/** Of more the rest is not asked for: each is a question a minute. */
const MOST_GATEWAYS = 200;

export interface GatewaySource extends RepeatedRead {
  /** Names of the gateways that serve services. */
  gateways(names: ReadonlySet<string>): void;
}

/** What Consul says that each gateway of a datacenter serves: every service, where its entry names none. */
export function gatewaySource({ dc, transport, clock, random, told, states }: Place): GatewaySource {
  let gateways: ReadonlySet<string> = new Set();
  const idOf = (name: string) => `gateway ${serviceKey(dc, name)}`;
  states.starts(NAME, dc);

  async function ask(gateway: string, signal: AbortSignal): Promise<boolean> {
    const path = gatewayServicesPath(gateway);
    if (path === null) return true;
    const { value } = await read(transport, {
      ...{ path, query: { dc }, timeoutMs: LIMIT_MS, signal, acceptStatuses: [200, 404] },
      decode: (answer) => (answer.status === 404 ? null : decodeGatewayServices(answer)),
    });
    if (value === null || signal.aborted || !gateways.has(gateway)) return value !== null;
    const nowMs = clock.now();
    const edges = value.entries.map((served) => edgeOf(dc, gateway, served, nowMs));
    told.tell({ id: idOf(gateway), edges, nodes: [{ key: serviceKey(dc, gateway), kind: 'gateway' }] }, nowMs);
    return true;
  }

  const repeated = readRepeatedly({
    ...{ clock, random, everyMs: EVERY_MS },
    read: async (signal) => {
      let refusal: ConsulError | null = null;
      for (const gateway of [...gateways].slice(0, MOST_GATEWAYS)) {
        try {
          const isKnown = await ask(gateway, signal);
          if (!isKnown) return states.lacks(NAME, dc, LACKING);
        } catch (error) {
          // The right to one gateway says nothing of the next.
          if (!(error instanceof ConsulError) || !error.denied) throw error;
          refusal ??= error;
        }
      }
      states.reads(NAME, dc, refusal?.sentence ?? null);
    },
    failed: (error) => states.fails(NAME, dc, error.sentence),
  });
  return {
    ...repeated,
    stop: () => {
      repeated.stop();
      for (const name of gateways) told.untell(idOf(name));
    },
    gateways: (names) => {
      const gone = [...gateways].filter((name) => !names.has(name));
      const isNew = [...names].some((name) => !gateways.has(name));
      gateways = new Set(names);
      for (const name of gone) told.untell(idOf(name));
      if (isNew) repeated.soon();
    },
  };
}

const LACKING =
  'This version of Consul does not say what its gateways serve; what their configuration entries name is shown all the same.';

function edgeOf(dc: string, gateway: string, served: GatewayService, seenAtMs: number): EdgeEvidence {
  const details = [
    ...(served.port === null ? [] : [`By port ${served.port}.`]),
    ...(served.isFromWildcard ? ['The gateway serves every service.'] : []),
  ];
  return {
    from: serviceKey(dc, gateway),
    to: serviceKey(dc, tenantName(served.name, served.namespace)),
    ...{ kind: 'gateway', source: `gateway ${gateway}`, seenAtMs },
    isGuarded: served.kind !== 'terminating-gateway',
    detail: details.length === 0 ? null : details.join(' '),
  };
}
