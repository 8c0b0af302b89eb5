'use client';

import { useParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { pathSegment } from '@/components/ui/path-segment';
import { InstancePage } from './instance-page';

/** The page of an instance that does not exist; it knows which by the address. When it appears it is shown in the same place. */
export function MissingInstance({ alerts, timeline }: { alerts: ReactNode; timeline: ReactNode }) {
  const params = useParams<{ dc: string; node: string; id: string }>();
  const dc = pathSegment(params.dc) ?? params.dc;
  const node = pathSegment(params.node) ?? params.node;
  const id = pathSegment(params.id) ?? params.id;
  return <InstancePage dc={dc} node={node} id={id} first={undefined} alerts={alerts} timeline={timeline} absent />;
}
