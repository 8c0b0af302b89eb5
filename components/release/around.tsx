'use client';

import { useText } from '@/components/ui/text-provider';
import type { SplitRecord, VersionStage } from '@/lib/release/split-body';
import styles from './around.module.css';
import { FailoverEditor } from './failover-editor';
import { RouteEditor } from './route-editor';
import { StageChoice } from './stage-choice';
import type { DraftView } from './use-draft';

interface AroundProps {
  readonly split: SplitRecord;
  readonly view: DraftView;
}

/** What stands around the shares: lifecycle, header routes, failover. Set here, previewed and written like them. */
export function Around({ split, view }: AroundProps) {
  const { release } = useText();
  const { wish } = view;
  const isSet = Boolean(wish && (wish.routes || wish.failover || wish.stages));
  return (
    <details className={styles.around}>
      <summary>
        {release.around}
        {isSet ? <span className={styles.set}>{release.aroundSet}</span> : null}
      </summary>
      <div className={styles.parts}>
        <section aria-label={release.lifecycle}>
          <h3>{release.lifecycle}</h3>
          <p>{release.lifecycleHint}</p>
          <ul>
            {inOrder(split, view).map(({ version, stage }) => (
              <StageChoice key={version} version={version} stage={stageIn(view, version) ?? stage} view={view} />
            ))}
          </ul>
        </section>
        <section aria-label={release.routes}>
          <h3>{release.routes}</h3>
          {view.mechanism === 'weights' ? <p>{release.routesNot}</p> : <RouteEditor split={split} view={view} />}
        </section>
        <section aria-label={release.failover}>
          <h3>{release.failover}</h3>
          {view.mechanism === 'mesh' ? <FailoverEditor split={split} view={view} /> : <p>{release.failoverNot}</p>}
        </section>
      </div>
    </details>
  );
}

const inOrder = ({ versions }: SplitRecord, { order }: DraftView) =>
  [...versions].sort((a, b) => order.indexOf(a.version) - order.indexOf(b.version));

const stageIn = ({ draft }: DraftView, version: string): VersionStage | undefined =>
  Object.hasOwn(draft.stages, version) ? draft.stages[version] : undefined;
