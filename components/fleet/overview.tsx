import type { ReactNode } from 'react';
import { Changes } from './changes';
import { DatacenterCards } from './datacenter-cards';
import { Headline } from './headline';
import styles from './overview.module.css';
import { WrongNow } from './wrong-now';

/** Is anything wrong, where, since when. `alerts`: what fires. */
export function Overview({ alerts }: { alerts: ReactNode }) {
  return (
    <>
      <Headline />
      <DatacenterCards />
      {alerts}
      <div className={styles.columns}>
        <WrongNow />
        <Changes />
      </div>
    </>
  );
}
