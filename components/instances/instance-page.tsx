'use client';

import type { ReactNode } from 'react';
import { useLastKnown } from '@/components/live/use-last-known';
import { useNode } from '@/components/live/use-node';
import { SubjectTabs } from '@/components/observed/subject-tabs';
import { Unread } from '@/components/observed/unread';
import { useAbsenceKnown } from '@/components/observed/use-absence-known';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { PageTitle } from '@/components/ui/page-title';
import { useText } from '@/components/ui/text-provider';
import type { NodeBody } from '@/lib/fleet/model';
import { visibleLine } from '@/lib/text/visible-text';
import { LiveInstance } from './live-instance';
import { UnknownInstance } from './unknown-instance';
import { useInstanceSteps } from './use-instance-steps';

interface InstancePageProps {
  readonly dc: string;
  readonly node: string;
  readonly id: string;
  /** The node as the server rendered it; undefined where it had not read it. */
  readonly first: NodeBody | undefined;
  /** The server knew that there is no such instance. */
  readonly absent?: boolean;
  /** What is alerted of it. */
  readonly alerts: ReactNode;
  /** What was so before. */
  readonly timeline: ReactNode;
}

/** One instance. Its address does not name its service: its node tells that, the service's stream the rest. */
export function InstancePage({ dc, node, id, first, absent = false, alerts, timeline }: InstancePageProps) {
  const text = useText();
  const { body, goneSince, error } = useNode(dc, node, first);
  const absenceKnown = useAbsenceKnown(dc);
  const placed = body?.instances.find((instance) => instance.id === id);
  const seen = useLastKnown(placed);
  const steps = useInstanceSteps(dc, null);
  if (seen) return <LiveInstance key={seen.service} dc={dc} read={seen} alerts={alerts} timeline={timeline} />;
  const isAbsent = body !== undefined || goneSince !== null || absent;
  return (
    <article>
      <PageTitle parts={[visibleLine(id), dc]} />
      <Breadcrumb steps={steps} here={id} />
      <SubjectTabs timeline={timeline}>
        {isAbsent && absenceKnown ? (
          <UnknownInstance dc={dc} node={node} id={id} nodeKnown={body !== undefined} />
        ) : (
          <Unread dc={dc} name={id} error={error} loading={text.nodes.instance.loading} />
        )}
      </SubjectTabs>
    </article>
  );
}
