'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { nodeKey } from '@/lib/fleet/keys';
import type { FleetBody, NodeBody, NodeRecord, NodesBody } from '@/lib/fleet/model';
import { useLive } from './context';
import { readNode, UnknownNodeError } from './node-query';
import { useBeginning } from './use-beginning';
import { useFleet } from './use-fleet';
import { useNodes } from './use-nodes';
import { useReadOnChange } from './use-read-on-change';

/** A check whose words change while its state does not is in no record that the stream carries: it is seen within this time, ms. */
const READ_EVERY_MS = 5_000;

export interface LiveNode {
  /** As it was read at `body.at`; the last body stays. undefined: none yet. */
  readonly body: NodeBody | undefined;
  /** The newest record of the node, which comes by the stream. */
  readonly record: NodeRecord | undefined;
  /** When this tab saw that it is there no longer, or never was, ISO 8601; null while it is there, and while nobody knows. */
  readonly goneSince: string | null;
  /** A sentence, where there is no body because it could not be read. */
  readonly error: string | null;
}

/**
 * One node with its checks and instances. Its record is live; the rest is read as often as that record or one of a service on it changes, and
 * every few seconds. `first`: what the server rendered.
 */
export function useNode(dc: string, name: string, first: NodeBody | undefined): LiveNode {
  const live = useLive();
  const key = nodeKey(dc, name);
  const { data, error, isFetching, refetch } = useQuery(
    {
      queryKey: ['node', key],
      queryFn: ({ signal }) => readNode(live.reader, key, signal),
      ...(first ? { initialData: first } : {}),
      refetchOnMount: 'always',
      refetchInterval: READ_EVERY_MS,
      retry: false,
      // What did not change keeps its identity, and is not rendered again.
      structuralSharing: true,
      // What was read once is old when somebody comes back.
      gcTime: 0,
    },
    live.queryClient,
  );
  const streamed = useNodes(useCallback((body: NodesBody) => recordIn(body, dc, key), [dc, key]));
  const record = streamed ?? data?.node;
  const services = useFleet(
    useCallback((body: FleetBody) => servicesIn(body, dc, record?.services ?? []), [dc, record?.services]),
  );
  useReadOnChange([streamed, services], isFetching, refetch, live.reader.clock);
  const gone = streamed === null || (streamed === undefined && error instanceof UnknownNodeError);
  return { body: data, record, goneSince: useBeginning(gone), error: data || gone ? null : (error?.message ?? null) };
}

/** null: its datacenter is known and it is not there; undefined: its datacenter is not known. */
function recordIn(body: NodesBody, dc: string, key: string): NodeRecord | null | undefined {
  const datacenter = body.datacenters.find((known) => known.name === dc);
  return datacenter && (datacenter.nodes.find((node) => node.key === key) ?? null);
}

function servicesIn(body: FleetBody, dc: string, names: readonly string[]) {
  const wanted = new Set(names);
  const datacenter = body.datacenters.find((known) => known.name === dc);
  return datacenter?.services.filter((service) => wanted.has(service.name)) ?? [];
}
