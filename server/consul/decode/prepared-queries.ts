import { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { type Records, records, textField } from './records';

const targetSchema = z.object({ Datacenter: z.string().nullish(), Peer: z.string().nullish() });

/** Whatever else it holds, a token among it, is not read. */
const querySchema = z.object({
  ID: z.string(),
  Name: z.string().nullish(),
  Template: z.object({ Type: z.string().nullish() }).nullish(),
  Service: z.object({
    Service: z.string(),
    Failover: z
      .object({
        NearestN: z.number().nullish(),
        Datacenters: z.array(z.string()).nullish(),
        /** 1.14, in the place of datacenters. */
        Targets: z.array(targetSchema).nullish(),
      })
      .nullish(),
  }),
});

/** A prepared query, as far as it tells who serves it. */
export interface PreparedQuery {
  readonly id: string;
  /** Empty: it has none. */
  readonly name: string;
  readonly service: string;
  /** Names that it is asked by stand in it, so that it is for many services. */
  readonly isTemplate: boolean;
  /** So many of the nearest datacenters come first. */
  readonly nearest: number;
  /** Datacenters after these, in order. */
  readonly datacenters: readonly string[];
  /** Peers among its targets, which are in no datacenter here. */
  readonly peers: readonly string[];
}

/** `/v1/query`. What the token may not read is left out. */
export function decodePreparedQueries(answer: ConsulAnswer): Records<PreparedQuery> {
  return records(answer, querySchema, queryOf, (raw) => ({ node: null, id: textField(raw, 'ID') }));
}

function queryOf({ ID, Name, Template, Service }: z.infer<typeof querySchema>): PreparedQuery {
  const { NearestN, Datacenters, Targets } = Service.Failover ?? {};
  const targets = Targets ?? [];
  return {
    ...{ id: ID, name: Name ?? '', service: Service.Service, isTemplate: Boolean(Template?.Type) },
    nearest: NearestN ?? 0,
    datacenters: [...(Datacenters ?? []), ...targets.flatMap(({ Datacenter, Peer }) => (Peer ? [] : Datacenter || []))],
    peers: targets.flatMap(({ Peer }) => Peer || []),
  };
}
