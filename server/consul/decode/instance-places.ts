import { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { wholeBody } from './whole-body';

/** Where the instances of one service stand, and how many they are. */
export interface InstancePlaces {
  readonly nodes: ReadonlySet<string>;
  /** Null: the summary does not say. */
  readonly instances: number | null;
}

const summariesSchema = z
  .array(
    z.object({
      Name: z.string(),
      Nodes: z.array(z.string()).nullish(),
      InstanceCount: z.number().nullish(),
      // 1.13 and later list what a peer exports beside the datacenter's own, under the same names.
      PeerName: z.string().nullish(),
    }),
  )
  .nullable();

/** `/v1/internal/ui/services`: by service. */
export function decodeInstancePlaces(answer: ConsulAnswer): Map<string, InstancePlaces> {
  const own = (wholeBody(answer, summariesSchema) ?? []).filter(({ PeerName }) => !PeerName);
  return new Map(
    own.map(({ Name, Nodes, InstanceCount }) => [
      Name,
      { nodes: new Set(Nodes ?? []), instances: InstanceCount ?? null },
    ]),
  );
}
