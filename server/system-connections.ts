import type { Connections, SystemBody } from '@/lib/system/system-body';
import type { OpenAddress } from './open-address';

/** One address with its connections. @param datacenters that are read there now */
export function addressReport(
  { contact, transport, maxConnections }: OpenAddress,
  datacenters: readonly string[],
): SystemBody['addresses'][number] {
  const { protocol, budget, lowered, openConnections: open, waiting, queued, requests, errors } = transport.stats;
  const { waitingCapacity } = transport;
  return {
    ...{ ...contact.reach, datacenters: [...datacenters] },
    ...{ protocol, budget, fullBudget: maxConnections, lowered },
    ...{ open, waiting, waitingCapacity, queued, requests, errors: { ...errors } },
  };
}

/** All addresses together. The protocol is HTTP/2 where every one speaks it. */
export function sumOfConnections(addresses: readonly Connections[]): Connections {
  const sum = (count: (address: Connections) => number) => addresses.reduce((total, one) => total + count(one), 0);
  const lowered = addresses.flatMap((address) => address.lowered ?? []);
  const errors: Record<string, number> = {};
  for (const address of addresses) {
    for (const [kind, count] of Object.entries(address.errors)) errors[kind] = (errors[kind] ?? 0) + count;
  }
  return {
    protocol: addresses.every(({ protocol }) => protocol === 'h2') ? 'h2' : 'http/1.1',
    budget: sum(({ budget }) => budget),
    fullBudget: sum(({ fullBudget }) => fullBudget),
    lowered: lowered.length > 0 ? lowered.join(' ') : null,
    open: sum(({ open }) => open),
    waiting: sum(({ waiting }) => waiting),
    waitingCapacity: sum(({ waitingCapacity }) => waitingCapacity),
    queued: sum(({ queued }) => queued),
    requests: sum(({ requests }) => requests),
    errors,
  };
}
