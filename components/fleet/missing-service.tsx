'use client';

import { useParams } from 'next/navigation';
import { type ReactNode, useCallback } from 'react';
import { useFleet } from '@/components/live/use-fleet';
import { useLastKnown } from '@/components/live/use-last-known';
import { SubjectTabs } from '@/components/observed/subject-tabs';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { PageTitle } from '@/components/ui/page-title';
import { pathSegment } from '@/components/ui/path-segment';
import { useText } from '@/components/ui/text-provider';
import type { FleetBody } from '@/lib/fleet/model';
import { visibleLine } from '@/lib/text/visible-text';
import { ServicePage } from './service-page';
import { UnknownService } from './unknown-service';
import { useServiceSteps } from './use-service-steps';

interface MissingServiceProps {
  readonly alerts: ReactNode;
  readonly traffic: ReactNode;
  readonly dependencies: ReactNode;
  readonly timeline: ReactNode;
}

/**
 * The page of a service that does not exist; it knows which by the address. When it appears it is shown in the same place: asking the server again
 * would not do, for Next keeps to its "not found" until the path changes.
 */
export function MissingService({ alerts, traffic, dependencies, timeline }: MissingServiceProps) {
  const text = useText();
  const params = useParams<{ dc: string; name: string }>();
  const dc = pathSegment(params.dc) ?? params.dc;
  const name = pathSegment(params.name) ?? params.name;
  const steps = useServiceSteps(dc);
  const hasAppeared = useCallback(
    (body: FleetBody) => {
      const datacenter = body.datacenters.find((known) => known.name === dc);
      return datacenter?.services.some((service) => service.name === name) ?? false;
    },
    [dc, name],
  );
  const appeared = useLastKnown(useFleet(hasAppeared) || undefined);
  if (appeared) return <ServicePage {...{ dc, name, alerts, traffic, dependencies, timeline }} />;
  return (
    <>
      <PageTitle parts={[text.service.notFound(visibleLine(name), visibleLine(dc))]} />
      <Breadcrumb steps={steps} here={name} />
      <SubjectTabs timeline={timeline} dependencies={dependencies}>
        <UnknownService dc={dc} name={name} />
      </SubjectTabs>
    </>
  );
}
