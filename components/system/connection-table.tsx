'use client';

import { useSystem } from '@/components/live/use-system';
import { Card, CardTitle } from '@/components/ui/card';
import { StatusIcon } from '@/components/ui/status-icon';
import table from '@/components/ui/table.module.css';
import { useText } from '@/components/ui/text-provider';
import type { SystemBody } from '@/lib/system/system-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './connection-table.module.css';

const addressesOf = (body: SystemBody) => body.addresses;

/** Each Consul address with what Lictor holds there, against what it may. */
export function ConnectionTable() {
  const text = useText();
  const addresses = useSystem(addressesOf) ?? [];
  const { connection } = text.system;
  return (
    <Card aria-labelledby="connections">
      <CardTitle id="connections">{text.system.connections}</CardTitle>
      <table className={`${table.table} ${styles.connections}`} data-dense aria-labelledby="connections">
        <thead>
          <tr>
            <th>{connection.address}</th>
            <th className={styles.protocol}>{connection.protocol}</th>
            <th className={`${table.number} ${styles.share}`}>{connection.open}</th>
            <th className={`${table.number} ${styles.share}`}>{connection.waiting}</th>
            <th className={`${table.number} ${styles.count}`}>{connection.queued}</th>
            <th className={`${table.number} ${styles.count}`}>{connection.requests}</th>
            <th className={`${table.number} ${styles.count}`}>{connection.errors}</th>
          </tr>
        </thead>
        <tbody>
          {addresses.map((address) => (
            <AddressRow key={address.address} address={address} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function AddressRow({ address }: { address: SystemBody['addresses'][number] }) {
  const text = useText();
  const { reachable, reason, datacenters, protocol, open, budget, waiting, waitingCapacity, queued, requests } =
    address;
  const failed = Object.entries(address.errors).filter(([, count]) => count > 0);
  return (
    <tr data-freshness={reachable ? 'live' : 'lost'}>
      <td>
        <span className={table.mono}>{visibleLine(address.address)}</span>
        <p className={table.quiet}>
          {reachable ? null : (
            <b className={styles.away} title={reason ?? undefined}>
              <StatusIcon status="unknown" /> {text.system.unreachable}{' '}
            </b>
          )}
          {datacenters.map(visibleLine).join(text.comma)}
        </p>
      </td>
      <td className={table.mono}>{protocol}</td>
      <td className={table.number}>{text.system.outOf(open, budget)}</td>
      <td className={table.number}>{text.system.outOf(waiting, waitingCapacity)}</td>
      <td className={table.number}>{text.number(queued)}</td>
      <td className={table.number}>{text.number(requests)}</td>
      <td className={table.number} title={failed.map(([kind, count]) => `${kind} ${count}`).join(', ') || undefined}>
        {text.number(failed.reduce((sum, [, count]) => sum + count, 0))}
      </td>
    </tr>
  );
}
