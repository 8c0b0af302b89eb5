'use client';

import table from '@/components/ui/table.module.css';
import { useText } from '@/components/ui/text-provider';
import type { ConsulServer } from '@/lib/system/consul-health';
import { ServerRow } from './server-row';
import styles from './server-table.module.css';

/** Every Consul server of a datacenter, by name: their places are fixed, for they are few. */
export function ServerTable({ dc, servers }: { dc: string; servers: readonly ConsulServer[] }) {
  const text = useText();
  const { column } = text.system;
  if (servers.length === 0) {
    return (
      <div className={styles.none}>
        <b>{text.system.noServers}</b>
        <p>{text.system.noServersHint}</p>
      </div>
    );
  }
  return (
    <table className={`${table.table} ${styles.servers}`} data-dense aria-label={`${text.system.servers}, ${dc}`}>
      <thead>
        <tr>
          <th className={styles.state}>{column.state}</th>
          <th>{column.server}</th>
          <th className={styles.role}>{column.role}</th>
          <th className={`${table.number} ${styles.heard}`}>{column.heard}</th>
          <th className={`${table.number} ${styles.index}`}>{column.index}</th>
          <th className={styles.version}>{column.version}</th>
        </tr>
      </thead>
      <tbody>
        {servers.map((server) => (
          <ServerRow key={`${server.name} ${server.address}`} dc={dc} server={server} />
        ))}
      </tbody>
    </table>
  );
}
