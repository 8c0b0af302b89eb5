import { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { wholeBody } from './whole-body';

const coordinateSchema = z.object({
  /** Seconds, as is the rest. */
  Vec: z.array(z.number()),
  Error: z.number(),
  Adjustment: z.number(),
  Height: z.number(),
});
export type NetworkCoordinate = z.infer<typeof coordinateSchema>;

const mapsSchema = z
  .array(
    z.object({
      Datacenter: z.string(),
      /** Coordinates of different areas cannot be compared. */
      AreaID: z.string().default(''),
      Coordinates: z
        .array(z.object({ Node: z.string(), Coord: coordinateSchema.nullish() }))
        .nullish()
        .transform((list) => (list ?? []).flatMap(({ Coord }) => Coord ?? [])),
    }),
  )
  .nullable()
  .transform((maps) => maps ?? []);
export type CoordinateMap = z.infer<typeof mapsSchema>[number];

/** `/v1/coordinate/datacenters`: where the servers of each datacenter stand in the network. */
export function decodeWanCoordinates(answer: ConsulAnswer): CoordinateMap[] {
  return wholeBody(answer, mapsSchema);
}
