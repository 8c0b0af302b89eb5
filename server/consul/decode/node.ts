import { z } from 'zod';
import { isOfPeer, peerField } from './peer';

/** A node as the catalog and the health endpoints give it. */
export const wireNodeSchema = z.object({
  Node: z.string(),
  Address: z.string(),
  Meta: z.record(z.string(), z.string()).nullish(),
  ModifyIndex: z.number(),
  ...peerField,
});
type WireNode = z.infer<typeof wireNodeSchema>;

export interface ConsulNode {
  readonly Node: string;
  readonly Address: string;
  readonly Meta: Readonly<Record<string, string>>;
  readonly ModifyIndex: number;
}

/** Null: it is a peer's. */
export function ownNodeOf(wire: WireNode): ConsulNode | null {
  return isOfPeer(wire) ? null : nodeOf(wire);
}

export function nodeOf(wire: WireNode): ConsulNode {
  return { Node: wire.Node, Address: wire.Address, Meta: wire.Meta ?? {}, ModifyIndex: wire.ModifyIndex };
}
