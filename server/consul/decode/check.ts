import { z } from 'zod';
import { isOfPeer, peerField } from './peer';

/**
 * A check as `/v1/health/*` gives it. Only what Lictor uses is named: a field that it has no use for must not cost the record when
 * a newer Consul gives it another form.
 */
export const wireCheckSchema = z.object({
  Node: z.string(),
  CheckID: z.string(),
  Name: z.string(),
  Status: z.enum(['passing', 'warning', 'critical']),
  Notes: z.string().nullish(),
  Output: z.string().nullish(),
  ServiceID: z.string().nullish(),
  ServiceName: z.string().nullish(),
  Type: z.string().nullish(),
  ModifyIndex: z.number(),
  ...peerField,
});
type WireCheck = z.infer<typeof wireCheckSchema>;

export interface ConsulCheck {
  readonly Node: string;
  readonly CheckID: string;
  readonly Name: string;
  readonly Status: 'passing' | 'warning' | 'critical';
  /** The reason, in a maintenance check. Hostile text. */
  readonly Notes: string;
  /** Up to 4 KB of whatever the checked server answered. Hostile text. */
  readonly Output: string;
  /** Empty for a check of the node. */
  readonly ServiceID: string;
  readonly ServiceName: string;
  readonly Type: string;
  readonly ModifyIndex: number;
}

/** Null: it is a peer's. */
export function ownCheckOf(wire: WireCheck): ConsulCheck | null {
  return isOfPeer(wire) ? null : checkOf(wire);
}

export function checkOf(wire: WireCheck): ConsulCheck {
  return {
    Node: wire.Node,
    CheckID: wire.CheckID,
    Name: wire.Name,
    Status: wire.Status,
    Notes: wire.Notes ?? '',
    Output: wire.Output ?? '',
    ServiceID: wire.ServiceID ?? '',
    ServiceName: wire.ServiceName ?? '',
    Type: wire.Type ?? '',
    ModifyIndex: wire.ModifyIndex,
  };
}
