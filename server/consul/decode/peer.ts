import { z } from 'zod';

/**
 * Since 1.13 a node, a service and a check that another cluster exports bear its name. They may have the names of this datacenter's own, and
 * are never to be taken for these.
 */
export const peerField = { PeerName: z.string().nullish() };

export function isOfPeer({ PeerName }: { PeerName?: string | null | undefined }): boolean {
  return Boolean(PeerName);
}
