import { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { wholeBody } from './whole-body';

const peersSchema = z.array(z.string()).nullable();

/** `/v1/status/peers`: every server of the raft, as `host:port`, whether it may vote or not. */
export function decodePeers(answer: ConsulAnswer): readonly string[] {
  return wholeBody(answer, peersSchema) ?? [];
}
