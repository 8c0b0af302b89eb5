import { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { wholeBody } from './whole-body';

const summariesSchema = z.array(z.object({ Name: z.string(), Nodes: z.array(z.string()).nullish() })).nullable();

/** `/v1/internal/ui/services`: on which nodes each service stands. */
export function decodeServiceNodes(answer: ConsulAnswer): Map<string, readonly string[]> {
  return new Map((wholeBody(answer, summariesSchema) ?? []).map((summary) => [summary.Name, summary.Nodes ?? []]));
}
