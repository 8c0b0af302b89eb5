import { z } from 'zod';
import { textMap } from './text-map';

const localitySchema = z.object({ Region: z.string().nullish(), Zone: z.string().nullish() }).nullish();

/** A node as the catalog and the health endpoints give it. */
export const wireNodeSchema = z.object({
  ID: z.string().nullish(),
  Node: z.string(),
  Address: z.string(),
  Datacenter: z.string().nullish(),
  Meta: textMap.nullish(),
  Partition: z.string().nullish(),
  PeerName: z.string().nullish(),
  Locality: localitySchema,
  ModifyIndex: z.number(),
});
type WireNode = z.infer<typeof wireNodeSchema>;

export interface ConsulNode {
  readonly Node: string;
  readonly Address: string;
  readonly Meta: Readonly<Record<string, string>>;
  readonly ModifyIndex: number;
}

export function nodeOf(wire: WireNode): ConsulNode {
  return { Node: wire.Node, Address: wire.Address, Meta: wire.Meta ?? {}, ModifyIndex: wire.ModifyIndex };
}
