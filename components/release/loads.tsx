'use client';

import { useMemo } from 'react';
import { useText } from '@/components/ui/text-provider';
import type { Instance } from '@/lib/fleet/model';
import { loadPicture } from '@/lib/release/slider/version-loads';
import type { SplitRecord } from '@/lib/release/split-body';
import styles from './loads.module.css';
import type { DraftView } from './use-draft';
import { VersionLoad } from './version-load';

interface LoadsProps {
  readonly split: SplitRecord;
  readonly view: DraftView;
  readonly instances: readonly Instance[];
}

/** On which instances each share lands, and what each of them is to expect. */
export function Loads({ split, view, instances }: LoadsProps) {
  const text = useText();
  const picture = useMemo(() => loadPicture(split, view), [split, view]);
  const own = useMemo(() => byVersion(instances), [instances]);
  return (
    <section
      className={styles.loads}
      aria-label={text.release.loads}
      data-several={picture.versions.length > 2 || undefined}
    >
      {picture.versions.map((load, index) => (
        <VersionLoad
          key={load.version}
          {...{
            load,
            index,
            count: picture.versions.length,
            unit: picture.unit,
            most: picture.most,
            moved: view.moved,
          }}
          dc={split.dc}
          instances={own.get(load.version) ?? NONE}
        />
      ))}
    </section>
  );
}

const NONE: readonly Instance[] = [];

/** Each version's instances, in one list as long as they do not change: they are sorted for each, and the bar is drawn many times a second. */
function byVersion(instances: readonly Instance[]): Map<string, readonly Instance[]> {
  const found = new Map<string, Instance[]>();
  for (const instance of instances) {
    const own = found.get(instance.version);
    if (own) own.push(instance);
    else found.set(instance.version, [instance]);
  }
  return found;
}
