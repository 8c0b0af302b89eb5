'use client';

import { Name } from '@/components/ui/name';
import segmented from '@/components/ui/segmented.module.css';
import { useText } from '@/components/ui/text-provider';
import type { VersionStage } from '@/lib/release/split-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './around.module.css';
import type { DraftView } from './use-draft';

const stages: readonly VersionStage[] = ['preparing', 'active', 'decommissioning'];

interface StageChoiceProps {
  readonly version: string;
  readonly stage: VersionStage;
  readonly view: DraftView;
}

/** Where a version stands in its life. */
export function StageChoice({ version, stage, view }: StageChoiceProps) {
  const { release } = useText();
  const { draft, change } = view;
  return (
    <li className={styles.stage}>
      <Name className={styles.version}>{version}</Name>
      <fieldset className={segmented.group} aria-label={release.stageOf(visibleLine(version))}>
        {stages.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === stage}
            onClick={() => change({ stages: { ...draft.stages, [version]: one } })}
          >
            {release.stage[one]}
          </button>
        ))}
      </fieldset>
    </li>
  );
}
