'use client';

import { type RefObject, useMemo } from 'react';
import { Card } from '@/components/ui/card';
import { useText } from '@/components/ui/text-provider';
import type { FreshnessState, Instance } from '@/lib/fleet/model';
import { judgeCapacity } from '@/lib/release/shares/capacity';
import type { SplitRecord } from '@/lib/release/split-body';
import { Around } from './around';
import bar from './bar.module.css';
import { Loads } from './loads';
import { MechanismNote } from './mechanism-note';
import { MechanismSwitch } from './mechanism-switch';
import { ShareRows } from './share-rows';
import { SliderBar } from './slider-bar';
import { SliderFoot } from './slider-foot';
import styles from './traffic.module.css';
import type { DraftView } from './use-draft';
import type { Planning } from './use-plan';
import { VerdictReason, VerdictWord } from './verdict';
import { VersionLabels } from './version-labels';
import { WarningList } from './warning-list';

interface SliderCardProps {
  readonly split: SplitRecord;
  readonly view: DraftView;
  readonly instances: readonly Instance[];
  readonly freshness: FreshnessState;
  readonly planning: Planning;
  readonly closed: string | null;
  readonly previewButton: RefObject<HTMLButtonElement | null>;
}

/** The bar with its handles; wish, declared and observed below it; and what each version gets of it. */
export function SliderCard({ split, view, instances, freshness, planning, closed, previewButton }: SliderCardProps) {
  const text = useText();
  const warnings = useMemo(() => {
    const judged = judgeCapacity(view.present, view.shown, split.versions);
    // While nothing is set, only what is wrong is worth a line.
    return view.moved ? judged : judged.filter(({ severity }) => severity !== 'note');
  }, [split, view]);
  return (
    <Card aria-labelledby="traffic" data-freshness={freshness}>
      <div className={styles.head}>
        <h2 id="traffic">{text.release.title}</h2>
        <VerdictWord verdict={split.verdict} declared={split.declared !== null} />
        <MechanismSwitch split={split} view={view} />
      </div>
      <MechanismNote split={split} view={view} />
      <div className={bar.area} data-versions={view.order.length > 2 ? 'several' : 'two'}>
        <VersionLabels view={view} />
        <SliderBar view={view} />
        <ShareRows split={split} view={view} />
      </div>
      <VerdictReason verdict={split.verdict} />
      <Loads split={split} view={view} instances={instances} />
      <WarningList warnings={warnings} />
      <Around split={split} view={view} />
      <SliderFoot {...{ split, view, planning, closed, previewButton }} />
    </Card>
  );
}
