'use client';

import { useParams } from 'next/navigation';
import { pathSegment } from '@/components/ui/path-segment';
import { SubjectAlerts } from './subject-alerts';

/** The alerts of what the address names, for a page whose server does not know whether it exists. */
export function AlertsHere({ kind }: { kind: 'service' | 'node' | 'instance' }) {
  const params = useParams<{ dc: string; name?: string; node?: string; id?: string }>();
  const read = (segment: string | undefined) => pathSegment(segment ?? '') ?? segment ?? '';
  const dc = read(params.dc);
  if (kind === 'instance') {
    return <SubjectAlerts subject={{ kind, dc, node: read(params.node), id: read(params.id) }} />;
  }
  return <SubjectAlerts subject={{ kind, dc, name: read(params.name) }} />;
}
