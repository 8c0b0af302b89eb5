'use client';

import { ArrowRight } from 'lucide-react';
import { useMemo } from 'react';
import hidden from '@/components/ui/hidden.module.css';
import { Name } from '@/components/ui/name';
import { useText } from '@/components/ui/text-provider';
import type { Instance } from '@/lib/fleet/model';
import { compareNames, severity } from '@/lib/fleet/rank';
import type { LoadPicture, VersionLoads } from '@/lib/release/slider/version-loads';
import { isInTraffic } from '@/lib/release/verified';
import { InstanceLoad } from './instance-load';
import styles from './loads.module.css';
import { versionTone } from './version-tone';

/** So many instances of a kind are named, the others counted. */
const NAMED = 2;

interface VersionLoadProps {
  readonly load: VersionLoads;
  /** Its place on the bar, of `count`. */
  readonly index: number;
  readonly count: number;
  readonly unit: LoadPicture['unit'];
  readonly most: number;
  /** Something is set: what is to be expected differs from what is now. */
  readonly moved: boolean;
  readonly dc: string;
  readonly instances: readonly Instance[];
}

/** One version: what it carries, and its instances, those in traffic first. */
export function VersionLoad({ load, index, count, unit, most, moved, dc, instances }: VersionLoadProps) {
  const { release } = useText();
  const { taking, idle } = useMemo(() => parted(instances), [instances]);
  const say = (amount: number) => (unit === 'rate' ? release.rate(amount) : release.counted(amount));
  return (
    <div className={styles.version} style={versionTone(index, count)}>
      <div className={styles.title}>
        <i className={styles.swatch} data-paint />
        <Name className={styles.name}>{load.version}</Name>
        <span className={styles.count}>
          {load.instances === 0 ? release.noInstances : release.instances(load.inTraffic, load.instances)}
        </span>
        {load.stage === 'active' ? null : <span className={styles.stage}>{release.stage[load.stage]}</span>}
        <Becomes now={say(load.now.all)} next={moved ? say(load.next.all) : null} />
      </div>
      <ul>
        {taking.slice(0, NAMED).map((instance) => (
          <InstanceLoad key={instance.key} {...{ instance, dc, load, most, moved }}>
            <Becomes now={say(load.now.each ?? 0)} next={moved ? say(load.next.each ?? 0) : null} />
          </InstanceLoad>
        ))}
        {taking.length > NAMED ? <li className={styles.more}>{release.alike(taking.length - NAMED)}</li> : null}
        {idle.slice(0, NAMED).map((instance) => (
          <InstanceLoad key={instance.key} {...{ instance, dc, load: null, most, moved }}>
            <span className={styles.idle}>{release.idle[instance.status]}</span>
          </InstanceLoad>
        ))}
        {idle.length > NAMED ? <li className={styles.more}>{release.idleMore(idle.length - NAMED)}</li> : null}
      </ul>
    </div>
  );
}

/** Those in traffic, and those that are not; the worst of each first. */
function parted(instances: readonly Instance[]) {
  const sorted = [...instances].sort(
    (a, b) => severity(a.status) - severity(b.status) || compareNames(a.node, b.node) || compareNames(a.id, b.id),
  );
  return { taking: sorted.filter(isInTraffic), idle: sorted.filter((instance) => !isInTraffic(instance)) };
}

/** What is, and what is to be expected; null: nothing is set, it stays. */
function Becomes({ now, next }: { now: string; next: string | null }) {
  const { release } = useText();
  if (next === null) return <span className={styles.becomes}>{now}</span>;
  return (
    <span className={styles.becomes}>
      <span className={hidden.hidden}>{release.becomes(now, next)}</span>
      <span aria-hidden="true">
        {now} <ArrowRight size={12} /> <b>{next}</b>
      </span>
    </span>
  );
}
