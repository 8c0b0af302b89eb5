'use client';

import type { ReactNode } from 'react';
import { useFreshness } from '@/components/live/use-freshness';
import { useNode } from '@/components/live/use-node';
import { GoneNotice } from '@/components/observed/gone-notice';
import { SubjectTabs } from '@/components/observed/subject-tabs';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { PageTitle } from '@/components/ui/page-title';
import { useText } from '@/components/ui/text-provider';
import type { NodeBody } from '@/lib/fleet/model';
import { visibleLine } from '@/lib/text/visible-text';
import { NodeHead } from './node-head';
import { NodeNow } from './node-now';
import { NodeUnread } from './node-unread';
import { useNodeSteps } from './use-node-steps';

interface NodePageProps {
  readonly dc: string;
  readonly name: string;
  /** What the server rendered; undefined where it had not read the node. */
  readonly first: NodeBody | undefined;
  /** What is alerted of it. */
  readonly alerts: ReactNode;
  /** What was so before. */
  readonly timeline: ReactNode;
}

/** One node of one datacenter: its state, its checks, and every instance on it. */
export function NodePage({ dc, name, first, alerts, timeline }: NodePageProps) {
  const text = useText();
  const { body, record, goneSince, error } = useNode(dc, name, first);
  const { state } = useFreshness(dc);
  const steps = useNodeSteps(dc);
  const node = record ?? body?.node;
  const gone = goneSince !== null;
  const title = visibleLine(name) + (node && !gone ? ` ${text.status[node.status]}` : '');
  return (
    <article>
      <PageTitle parts={[title, dc]} />
      {body && node ? (
        <>
          <NodeHead dc={dc} node={node} instances={body.instances} freshness={state} gone={gone} />
          {gone ? <GoneNotice name={name} since={goneSince} hint={text.nodes.goneHint} /> : null}
          {alerts}
          <SubjectTabs timeline={timeline}>
            <NodeNow dc={dc} body={body} freshness={state} gone={gone} />
          </SubjectTabs>
        </>
      ) : (
        <>
          <Breadcrumb steps={steps} here={name} />
          <NodeUnread dc={dc} name={name} gone={gone} error={error} />
        </>
      )}
    </article>
  );
}
