import { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { type ConsulCheck, checkOf, wireCheckSchema } from './check';
import { type ConsulNode, nodeOf, wireNodeSchema } from './node';
import { isOfPeer, peerField } from './peer';
import { type ConsulProxy, proxyOf } from './proxy';
import { field, type Records, records, textField } from './records';

export const wireServiceSchema = z.object({
  ID: z.string(),
  Service: z.string(),
  /** "connect-proxy" and the gateways; absent for what is no proxy. */
  Kind: z.string().nullish(),
  /** Read further where there is a kind. */
  Proxy: z.unknown().optional(),
  Tags: z.array(z.string()).nullish(),
  Address: z.string().nullish(),
  Meta: z.record(z.string(), z.string()).nullish(),
  /** Absent where the service listens on a Unix socket (1.10). */
  Port: z.number().nullish(),
  /** 1.22: named ports instead of the one. */
  Ports: z.array(z.object({ Port: z.number(), Default: z.boolean().nullish() })).nullish(),
  Weights: z.object({ Passing: z.number(), Warning: z.number() }).nullish(),
  ModifyIndex: z.number(),
  ...peerField,
});

const wireEntrySchema = z.object({
  Node: wireNodeSchema,
  Service: wireServiceSchema,
  Checks: z.array(wireCheckSchema).nullish(),
});

export interface ConsulService {
  readonly ID: string;
  readonly Service: string;
  /** Empty for what is no proxy and no gateway. */
  readonly Kind: string;
  /** Null for what is no proxy and no gateway. */
  readonly Proxy: ConsulProxy | null;
  readonly Tags: readonly string[];
  /** Empty where the node's address counts. */
  readonly Address: string;
  readonly Meta: Readonly<Record<string, string>>;
  /** Of several named ports the default one; 0 where there is none. */
  readonly Port: number;
  readonly Weights: { readonly Passing: number; readonly Warning: number };
  readonly ModifyIndex: number;
}

export interface HealthEntry {
  readonly Node: ConsulNode;
  readonly Service: ConsulService;
  /** Of the node and of this instance. */
  readonly Checks: readonly ConsulCheck[];
}

/** `/v1/health/service/:service`: the instances of a service, each with its node and all its checks. */
export function decodeHealthService(answer: ConsulAnswer): Records<HealthEntry> {
  return records(answer, wireEntrySchema, entryOf, (raw) => ({
    node: textField(field(raw, 'Node'), 'Node'),
    id: textField(field(raw, 'Service'), 'ID'),
  }));
}

function entryOf(wire: z.infer<typeof wireEntrySchema>): HealthEntry | null {
  if (isOfPeer(wire.Service)) return null;
  return { Node: nodeOf(wire.Node), Service: serviceOf(wire.Service), Checks: (wire.Checks ?? []).map(checkOf) };
}

export function serviceOf(wire: z.infer<typeof wireServiceSchema>): ConsulService {
  return {
    ID: wire.ID,
    Service: wire.Service,
    Kind: wire.Kind ?? '',
    Proxy: proxyOf(wire.Kind ?? '', wire.Proxy),
    Tags: wire.Tags ?? [],
    Address: wire.Address ?? '',
    Meta: wire.Meta ?? {},
    Port: wire.Port || defaultPort(wire.Ports ?? []),
    // What Consul itself assumes where nobody gave any.
    Weights: wire.Weights ?? { Passing: 1, Warning: 1 },
    ModifyIndex: wire.ModifyIndex,
  };
}

function defaultPort(ports: readonly { Port: number; Default?: boolean | null | undefined }[]): number {
  return (ports.find((port) => port.Default) ?? ports[0])?.Port ?? 0;
}
