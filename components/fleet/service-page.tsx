'use client';

import type { ReactNode } from 'react';
import { useFreshness } from '@/components/live/use-freshness';
import { useService } from '@/components/live/use-service';
import { GoneNotice } from '@/components/observed/gone-notice';
import { InstanceTable } from '@/components/observed/instance-table';
import { SubjectTabs } from '@/components/observed/subject-tabs';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { PageTitle } from '@/components/ui/page-title';
import { useText } from '@/components/ui/text-provider';
import { serviceKey } from '@/lib/fleet/keys';
import { visibleLine } from '@/lib/text/visible-text';
import { ServiceHead } from './service-head';
import { ServiceUnread } from './service-unread';
import { useServiceSteps } from './use-service-steps';

interface ServicePageProps {
  readonly dc: string;
  readonly name: string;
  /** What is alerted of it. */
  readonly alerts: ReactNode;
  /** How its traffic is divided, above the instances. */
  readonly traffic: ReactNode;
  /** What calls it, and what it calls. */
  readonly dependencies: ReactNode;
  /** What was so before. */
  readonly timeline: ReactNode;
}

/** One service of one datacenter: its state, its instances, and what every check says. */
export function ServicePage({ dc, name, alerts, traffic, dependencies, timeline }: ServicePageProps) {
  const text = useText();
  const { body, goneSince, error } = useService(serviceKey(dc, name));
  const { state } = useFreshness(dc);
  const steps = useServiceSteps(dc);
  const status = body && goneSince === null ? text.status[body.service.status] : null;
  const title = [status === null ? visibleLine(name) : `${visibleLine(name)} ${status}`, dc];
  return (
    <article>
      <PageTitle parts={title} />
      {body ? (
        <>
          <ServiceHead dc={dc} service={body.service} freshness={state} gone={goneSince !== null} />
          {goneSince === null ? null : <GoneNotice name={name} since={goneSince} hint={text.service.goneHint} />}
          {alerts}
          <SubjectTabs timeline={timeline} dependencies={dependencies}>
            {traffic}
            <InstanceTable
              title={text.service.instances}
              instances={body.instances}
              names={text.service.instance}
              dc={dc}
              freshness={state}
              gone={goneSince !== null}
            />
          </SubjectTabs>
        </>
      ) : (
        <>
          <Breadcrumb steps={steps} here={name} />
          <ServiceUnread dc={dc} name={name} goneSince={goneSince} error={error} />
        </>
      )}
    </article>
  );
}
