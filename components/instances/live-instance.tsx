'use client';

import type { ReactNode } from 'react';
import { useBeginning } from '@/components/live/use-beginning';
import { useFreshness } from '@/components/live/use-freshness';
import { useLastKnown } from '@/components/live/use-last-known';
import { useService } from '@/components/live/use-service';
import { CheckTable } from '@/components/observed/check-table';
import { GoneNotice } from '@/components/observed/gone-notice';
import { SubjectTabs } from '@/components/observed/subject-tabs';
import { PageTitle } from '@/components/ui/page-title';
import { useText } from '@/components/ui/text-provider';
import { serviceKey } from '@/lib/fleet/keys';
import type { PlacedInstance } from '@/lib/fleet/model';
import { visibleLine } from '@/lib/text/visible-text';
import { InstanceHead } from './instance-head';

interface LiveInstanceProps {
  readonly dc: string;
  /** As its node's body has it, or had it last. */
  readonly read: PlacedInstance;
  /** What is alerted of it. */
  readonly alerts: ReactNode;
  /** What was so before. */
  readonly timeline: ReactNode;
}

/** An instance as the stream of its service carries it. */
export function LiveInstance({ dc, read, alerts, timeline }: LiveInstanceProps) {
  const text = useText();
  const { service, key, id } = read;
  const { body, goneSince } = useService(serviceKey(dc, service));
  const { state } = useFreshness(dc);
  const streamed = body && goneSince === null ? body.instances.find((instance) => instance.key === key) : undefined;
  // Until the stream has spoken, what was read of its node is the newest.
  const isGone = streamed === undefined && (body !== undefined || goneSince !== null);
  const since = useBeginning(isGone);
  const instance = useLastKnown(streamed) ?? read;
  const title = visibleLine(id) + (isGone ? '' : ` ${text.status[instance.status]}`);
  return (
    <article>
      <PageTitle parts={[title, visibleLine(service), dc]} />
      <InstanceHead dc={dc} service={service} instance={instance} freshness={state} gone={isGone} />
      {since === null ? null : <GoneNotice name={id} since={since} hint={text.nodes.instance.goneHint} />}
      {alerts}
      <SubjectTabs timeline={timeline}>
        <CheckTable
          title={text.nodes.instance.checks}
          checks={instance.checks}
          dc={dc}
          freshness={state}
          gone={isGone}
          unconfirmed={instance.unconfirmed}
        />
      </SubjectTabs>
    </article>
  );
}
