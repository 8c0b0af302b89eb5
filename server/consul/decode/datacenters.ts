import { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { wholeBody } from './whole-body';

const datacentersSchema = z.array(z.string()).nullable();

/** `/v1/catalog/datacenters`: all that the asked one knows, nearest first. */
export function decodeDatacenters(answer: ConsulAnswer): readonly string[] {
  return wholeBody(answer, datacentersSchema) ?? [];
}
