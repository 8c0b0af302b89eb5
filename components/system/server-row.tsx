'use client';

import { Glow } from '@/components/ui/glow';
import { StatusIcon } from '@/components/ui/status-icon';
import table from '@/components/ui/table.module.css';
import { useText } from '@/components/ui/text-provider';
import { nodeKey } from '@/lib/fleet/keys';
import type { ConsulServer } from '@/lib/system/consul-health';
import { serverState, serverStatus } from '@/lib/system/server-state';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './server-table.module.css';

/** One Consul server. What nobody told stands as such, not as nought. */
export function ServerRow({ dc, server }: { dc: string; server: ConsulServer }) {
  const text = useText();
  const { name, address, id, version, voter, leader, lastContactMs, lastIndex } = server;
  const status = serverStatus(server);
  const untold = (
    <span className={table.quiet} title={text.system.untoldWhy}>
      {text.system.untold}
    </span>
  );
  const { role } = text.system;
  return (
    <tr data-key={nodeKey(dc, name)} data-status={status}>
      <td>
        <span className={styles.word} data-tone={status} data-paint>
          <StatusIcon status={status} />
          {text.system.server[serverState(server)]}
        </span>
        <Glow of={serverState(server)} />
      </td>
      <td>
        <bdi className={styles.name} title={id ?? undefined}>
          {visibleLine(name)}
        </bdi>{' '}
        <span className={`${table.mono} ${table.quiet}`}>{visibleLine(address)}</span>
      </td>
      <td>
        {leader ? (
          <b className={styles.leader}>{role.leader}</b>
        ) : voter === null ? (
          untold
        ) : (
          <span className={table.quiet}>{voter ? role.voter : role.noVote}</span>
        )}
        <Glow of={String(leader)} />
      </td>
      <td className={table.number}>
        {leader ? '' : lastContactMs === null ? untold : text.system.heardAgo(text.freshness.age(lastContactMs))}
      </td>
      <td className={`${table.number} ${styles.index}`}>{lastIndex === null ? untold : text.number(lastIndex)}</td>
      <td className={table.mono}>{version === null ? untold : visibleLine(version)}</td>
    </tr>
  );
}
