import { z } from 'zod';

const upstreamSchema = z.object({
  /** `prepared_query`, or a service where it is left out. */
  DestinationType: z.string().nullish(),
  DestinationName: z.string().nullish(),
  Datacenter: z.string().nullish(),
  DestinationNamespace: z.string().nullish(),
  /** 1.11. */
  DestinationPartition: z.string().nullish(),
  /** 1.13. */
  DestinationPeer: z.string().nullish(),
});

const proxySchema = z.object({
  DestinationServiceName: z.string().nullish(),
  /** 1.10: `transparent` or `direct`. */
  Mode: z.string().nullish(),
  Upstreams: z.array(upstreamSchema).nullish(),
});

/** Where a proxy leads to. Empty: its own, or none. */
interface ConsulUpstream {
  readonly DestinationType: string;
  readonly DestinationName: string;
  readonly Datacenter: string;
  readonly DestinationNamespace: string;
  readonly DestinationPartition: string;
  readonly DestinationPeer: string;
}

export interface ConsulProxy {
  /** The service that it stands for; empty with a gateway. */
  readonly DestinationServiceName: string;
  readonly Mode: string;
  readonly Upstreams: readonly ConsulUpstream[];
}

/**
 * `Proxy` of a service. It is looked at for what is a proxy alone: every service has one in Consul's answers, and 50,000 empty ones would be read for nothing.
 * What has another form costs the instance its place among proxies, and not its health.
 */
export function proxyOf(kind: string, wire: unknown): ConsulProxy | null {
  if (kind === '') return null;
  const parsed = proxySchema.safeParse(wire ?? {});
  if (!parsed.success) return null;
  const { DestinationServiceName, Mode, Upstreams } = parsed.data;
  return {
    DestinationServiceName: DestinationServiceName ?? '',
    Mode: Mode ?? '',
    Upstreams: (Upstreams ?? []).map((upstream) => ({
      DestinationType: upstream.DestinationType ?? '',
      DestinationName: upstream.DestinationName ?? '',
      Datacenter: upstream.Datacenter ?? '',
      DestinationNamespace: upstream.DestinationNamespace ?? '',
      DestinationPartition: upstream.DestinationPartition ?? '',
      DestinationPeer: upstream.DestinationPeer ?? '',
    })),
  };
}
