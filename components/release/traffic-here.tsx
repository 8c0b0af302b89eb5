'use client';

import { useParams } from 'next/navigation';
import { pathSegment } from '@/components/ui/path-segment';
import { Traffic } from './traffic';

/** The traffic of the service that the address names, on a page that the server does not know what it is of. */
export function TrafficHere() {
  const params = useParams<{ dc: string; name: string }>();
  return <Traffic dc={pathSegment(params.dc) ?? params.dc} name={pathSegment(params.name) ?? params.name} />;
}
