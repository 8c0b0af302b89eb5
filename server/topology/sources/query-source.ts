import { authorize } from '@/server/consul/authorize';
import { decodePreparedQueries, type PreparedQuery } from '@/server/consul/decode/prepared-queries';
import type { Records } from '@/server/consul/decode/records';
import { read } from '@/server/consul/read';
import { LIMIT_MS, type Place } from './place';
import { queryEdges } from './query-edges';
import { type RepeatedRead, readRepeatedly } from './repeated-read';

const EVERY_MS = 60_000;
const NAME = 'prepared queries';
const RIGHT = { Resource: 'query', Segment: '', Access: 'read' } as const;
const RULE = 'query_prefix "" { policy = "read" }';

export interface QuerySource extends RepeatedRead {
  /** The service that a query, by name or id, leads to; null: not known. */
  serviceOf(query: string): string | null;
}

/** @param near other datacenters, the nearest first. @param onRead which service a query leads to may have changed */
export function querySource(place: Place, near: () => readonly string[], onRead: () => void): QuerySource {
  const { dc, transport, clock, random, told, states } = place;
  const services = new Map<string, string>();
  states.starts(NAME, dc);
  const take = ({ entries, failures }: Records<PreparedQuery>, mayReadAll: boolean) => {
    const nowMs = clock.now();
    services.clear();
    for (const { id, name, service, isTemplate } of entries) {
      if (isTemplate) continue;
      services.set(id, service);
      if (name !== '') services.set(name, service);
    }
    told.tell({ id: `queries ${dc}`, ...queryEdges(dc, entries, near(), nowMs) }, nowMs);
    if (mayReadAll) states.reads(NAME, dc, failures[0]?.message ?? notShown(entries, near(), dc));
    else states.lacks(NAME, dc, withheld(dc, entries.length));
    onRead();
  };
  const repeated = readRepeatedly({
    ...{ clock, random, everyMs: EVERY_MS },
    read: async (signal) => {
      const request = { path: '/v1/query', query: { dc }, timeoutMs: LIMIT_MS, signal, decode: decodePreparedQueries };
      const { value } = await read(transport, request);
      // What may not be read is left out without a word.
      const allowed = await authorize({ transport, datacenter: dc, signal }, [RIGHT]);
      take(value, allowed === null || allowed[0] === true);
    },
    failed: (error) => {
      if (error.denied) states.lacks(NAME, dc, withheld(dc, 0));
      else states.fails(NAME, dc, error.sentence);
    },
  });
  const stop = () => {
    repeated.stop();
    told.untell(`queries ${dc}`);
  };
  return { ...repeated, stop, serviceOf: (query) => services.get(query) ?? null };
}

const withheld = (dc: string, seen: number): string =>
  `The token may not read ${seen === 0 ? 'prepared queries' : 'all prepared queries'} in ${dc}, so what they let stand in is not known: give it ${RULE}.`;

function notShown(queries: readonly PreparedQuery[], near: readonly string[], dc: string): string | null {
  const templates = queries.filter(({ isTemplate }) => isTemplate).length;
  const peers = queries.filter((query) => query.peers.length > 0).length;
  const unplaced = near.length === 0 && queries.some(({ nearest }) => nearest > 0);
  const parts = [
    ...(templates > 0 ? [`${templates} are templates for many services and lead to none in particular`] : []),
    ...(peers > 0 ? [`${peers} let peers stand in, which are no datacenters here`] : []),
    ...(unplaced ? ['which datacenters are the nearest is not known'] : []),
  ];
  return parts.length === 0 ? null : `Of the prepared queries in ${dc} not all is shown: ${parts.join('; ')}.`;
}
