import { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { wholeBody } from './whole-body';

const leaderSchema = z.string();

/** `/v1/status/leader`: the leader as `address:port`; null while there is none. */
export function decodeLeader(answer: ConsulAnswer): string | null {
  return wholeBody(answer, leaderSchema) || null;
}
