import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { SubjectAlerts } from '@/components/alerts/elsewhere/subject-alerts';
import { InstancePage } from '@/components/instances/instance-page';
import { SubjectTimeline } from '@/components/timeline/subject-timeline';
import { pathSegment } from '@/components/ui/path-segment';
import { isAbsenceKnown } from '@/lib/fleet/absence';
import { instanceKey } from '@/lib/fleet/keys';
import { firstData } from '@/lib/stream/first-data';

interface InstanceRoute {
  readonly params: Promise<{ dc: string; node: string; id: string }>;
}

export default async function InstanceRoutePage({ params }: InstanceRoute) {
  await connection();
  const segments = await params;
  const dc = pathSegment(segments.dc);
  const node = pathSegment(segments.node);
  const id = pathSegment(segments.id);
  if (dc === null || node === null || id === null) notFound();
  const data = firstData();
  const first = data.node(dc, node);
  if (!first?.instances.some((instance) => instance.id === id) && isAbsenceKnown(data.fleet(), dc)) notFound();
  const alerts = <SubjectAlerts subject={{ kind: 'instance', dc, node, id }} />;
  const timeline = <SubjectTimeline subject={{ kind: 'instance', dc, node, id }} />;
  return (
    <InstancePage
      key={instanceKey(dc, node, id)}
      dc={dc}
      node={node}
      id={id}
      first={first}
      alerts={alerts}
      timeline={timeline}
    />
  );
}
