'use client';

import { useParams } from 'next/navigation';
import { pathSegment } from '@/components/ui/path-segment';
import { ServiceDependencies } from './service-dependencies';

/** Those of the service that the address names: one that Consul does not list may be called all the same. */
export function DependenciesHere() {
  const { dc, name } = useParams<{ dc: string; name: string }>();
  return <ServiceDependencies dc={pathSegment(dc) ?? dc} name={pathSegment(name) ?? name} />;
}
