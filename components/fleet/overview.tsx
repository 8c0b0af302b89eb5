import { Changes } from './changes';
import { DatacenterCards } from './datacenter-cards';
import { Headline } from './headline';
import styles from './overview.module.css';
import { WrongNow } from './wrong-now';

/** Is anything wrong, where, since when. */
export function Overview() {
  return (
    <>
      <Headline />
      <DatacenterCards />
      <div className={styles.columns}>
        <WrongNow />
        <Changes />
      </div>
    </>
  );
}
