import { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { type ConsulService, serviceOf, wireServiceSchema } from './health-service';
import { type ConsulNode, nodeOf, wireNodeSchema } from './node';
import { wholeBody } from './whole-body';

const bodySchema = z
  .object({ Node: wireNodeSchema, Services: z.record(z.string(), wireServiceSchema).nullish() })
  .nullable();

/** `/v1/catalog/node/:node`: what is registered on one node, without checks; null where there is no such node. */
export function decodeCatalogNode(answer: ConsulAnswer): { node: ConsulNode; services: ConsulService[] } | null {
  const body = wholeBody(answer, bodySchema);
  return body && { node: nodeOf(body.Node), services: Object.values(body.Services ?? {}).map(serviceOf) };
}
