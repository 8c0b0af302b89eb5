'use client';

import { useSystem } from '@/components/live/use-system';
import { useDatacenterChoice } from '@/components/ui/use-datacenter-choice';
import type { SystemBody } from '@/lib/system/system-body';
import { ConnectionTable } from './connection-table';
import { DatacenterPanel } from './datacenter-panel';
import { LictorFacts } from './lictor-facts';
import { Problems } from './problems';
import styles from './system.module.css';
import { SystemHeadline } from './system-headline';

const namesOf = (body: SystemBody) => body.datacenters.map(({ name }) => name);

/** How Consul itself is, how Lictor watches it, and what that costs. */
export function SystemPage() {
  const [chosen] = useDatacenterChoice();
  const names = useSystem(namesOf) ?? [];
  return (
    <>
      <SystemHeadline />
      <Problems />
      <div className={styles.panels}>
        {names
          .filter((name) => chosen === null || name === chosen)
          .map((name) => (
            <DatacenterPanel key={name} name={name} />
          ))}
      </div>
      <div className={styles.columns}>
        <ConnectionTable />
        <LictorFacts />
      </div>
    </>
  );
}
