'use client';

import { useParams } from 'next/navigation';
import { type ReactNode, useCallback } from 'react';
import { useLastKnown } from '@/components/live/use-last-known';
import { useNodes } from '@/components/live/use-nodes';
import { SubjectTabs } from '@/components/observed/subject-tabs';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { PageTitle } from '@/components/ui/page-title';
import { pathSegment } from '@/components/ui/path-segment';
import { useText } from '@/components/ui/text-provider';
import type { NodesBody } from '@/lib/fleet/model';
import { visibleLine } from '@/lib/text/visible-text';
import { NodePage } from './node-page';
import { UnknownNode } from './unknown-node';
import { useNodeSteps } from './use-node-steps';

/** The page of a node that does not exist; it knows which by the address. When it appears it is shown in the same place. */
export function MissingNode({ alerts, timeline }: { alerts: ReactNode; timeline: ReactNode }) {
  const text = useText();
  const params = useParams<{ dc: string; name: string }>();
  const dc = pathSegment(params.dc) ?? params.dc;
  const name = pathSegment(params.name) ?? params.name;
  const steps = useNodeSteps(dc);
  const hasAppeared = useCallback(
    (body: NodesBody) => {
      const datacenter = body.datacenters.find((known) => known.name === dc);
      return datacenter?.nodes.some((node) => node.name === name) ?? false;
    },
    [dc, name],
  );
  const appeared = useLastKnown(useNodes(hasAppeared) || undefined);
  if (appeared) return <NodePage dc={dc} name={name} first={undefined} alerts={alerts} timeline={timeline} />;
  return (
    <>
      <PageTitle parts={[text.nodes.notFound(visibleLine(name), visibleLine(dc))]} />
      <Breadcrumb steps={steps} here={name} />
      <SubjectTabs timeline={timeline}>
        <UnknownNode dc={dc} name={name} />
      </SubjectTabs>
    </>
  );
}
