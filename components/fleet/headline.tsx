'use client';

import { useMemo } from 'react';
import { Elapsed } from '@/components/observed/since';
import { useView, type View } from '@/components/observed/use-view';
import { PageTitle } from '@/components/ui/page-title';
import { StatusIcon } from '@/components/ui/status-icon';
import type { Status } from '@/lib/fleet/model';
import { judge, type Verdict } from '@/lib/fleet/verdict';
import styles from './headline.module.css';
import { HeadlineFacts } from './headline-facts';
import { useVerdictText } from './use-verdict-text';

/** The verdict on all that is looked at, as a sentence. When the truth is lost the verdict itself is replaced, across the whole width. */
export function Headline() {
  const view = useView();
  const { fleet, connected, dc } = view;
  const verdict = useMemo(() => fleet && judge(fleet, connected, dc), [fleet, connected, dc]);
  const { sentence, note } = useVerdictText(verdict, view);
  const lost = isLost(verdict, view);
  return (
    <section className={styles.headline} data-lost={lost || undefined}>
      <PageTitle parts={[sentence, ...(dc === null ? [] : [dc])]} />
      <StatusIcon status={iconOf(verdict)} size={20} />
      <h1 className={styles.sentence} aria-live="polite">
        {sentence}
      </h1>
      {verdict?.kind === 'wrong' ? (
        <span className={styles.duration}>
          <Elapsed iso={verdict.worst.service.since} atLeast={verdict.worst.service.sinceAtLeast} />
        </span>
      ) : null}
      <p className={styles.note}>{note ?? <HeadlineFacts verdict={verdict} />}</p>
    </section>
  );
}

function iconOf(verdict: Verdict | undefined): Status {
  if (verdict?.kind === 'wrong') return verdict.status;
  // A check mark vouches for all that is asked about.
  return verdict?.kind === 'passing' && verdict.notLive.length + verdict.partial.length === 0 ? 'passing' : 'unknown';
}

function isLost(verdict: Verdict | undefined, { fleet, connected }: View): boolean {
  return verdict?.kind === 'lost' || !connected || (verdict?.kind === 'none' && fleet?.consul.reachable === false);
}
