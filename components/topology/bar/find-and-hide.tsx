'use client';

import { Crosshair, EyeOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { FilterInput } from '@/components/filter/filter-input';
import { type Reading, useTopologyScene } from '@/components/topology/topology-scene';
import { useTopologyOptions } from '@/components/topology/use-topology-options';
import { useText } from '@/components/ui/text-provider';
import { topologyNodeFields } from '@/lib/filter/topology-fields';
import styles from './find-and-hide.module.css';

/** What is looked for in the picture, and what is taken out of it, both in the filter language. */
export function FindAndHide() {
  const words = useText().topology.find;
  const { find, setFind, hide, setHide } = useTopologyOptions();
  const { found, hidden, finding, hiding } = useTopologyScene();
  const count = found === null ? null : words.found(found.size);
  const taken = hidden.size === 0 ? null : words.hidden(hidden.size);
  return (
    <>
      <Bar
        {...{
          value: find,
          onChange: setFind,
          reading: finding,
          label: words.label,
          word: words.find,
          count,
          bySlash: true,
        }}
        icon={<Crosshair size={14} aria-hidden="true" />}
      />
      <Bar
        {...{
          value: hide,
          onChange: setHide,
          reading: hiding,
          label: words.hideLabel,
          word: words.hide,
          count: taken,
          bySlash: false,
        }}
        icon={<EyeOff size={14} aria-hidden="true" />}
      />
    </>
  );
}

interface BarProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly reading: Reading;
  readonly label: string;
  readonly word: string;
  readonly count: string | null;
  readonly icon: ReactNode;
  readonly bySlash: boolean;
}

function Bar({ value, onChange, reading, label, word, count, icon, bySlash }: BarProps) {
  const { values } = useTopologyScene();
  return (
    <div className={styles.bar} title={label}>
      <span className={styles.word}>
        {icon}
        {word}
      </span>
      <FilterInput schema={topologyNodeFields} {...{ values, value, onChange, label, bySlash }} {...reading} />
      {count === null ? null : (
        <span className={styles.count} role="status">
          {count}
        </span>
      )}
    </div>
  );
}
