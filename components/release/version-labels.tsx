'use client';

import { Name } from '@/components/ui/name';
import { useText } from '@/components/ui/text-provider';
import { shareOf } from '@/lib/release/shares/normalize-shares';
import { setShare } from '@/lib/release/shares/set-share';
import styles from './labels.module.css';
import { ShareInput } from './share-input';
import type { DraftView } from './use-draft';
import { versionTone } from './version-tone';

/** Each version with its share, which can be typed: the others then keep their proportions. */
export function VersionLabels({ view }: { view: DraftView }) {
  const text = useText();
  const { order, shown, present, change } = view;
  return (
    <ul className={styles.labels}>
      {order.map((version, index) => (
        <li key={version} style={versionTone(index, order.length)}>
          <i className={styles.swatch} data-paint />
          <Name className={styles.version}>{version}</Name>
          <ShareInput
            label={text.release.share(version)}
            percent={shareOf(shown, version)}
            set={(percent) => change({ shares: setShare(shown, version, percent) })}
          />
          <span className={styles.from} data-changed={shareOf(shown, version) !== shareOf(present, version)}>
            {text.release.from(shareOf(present, version))}
          </span>
        </li>
      ))}
    </ul>
  );
}
