import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { SubjectAlerts } from '@/components/alerts/elsewhere/subject-alerts';
import { NodePage } from '@/components/nodes/node-page';
import { SubjectTimeline } from '@/components/timeline/subject-timeline';
import { pathSegment } from '@/components/ui/path-segment';
import { isAbsenceKnown } from '@/lib/fleet/absence';
import { nodeKey } from '@/lib/fleet/keys';
import { firstData } from '@/lib/stream/first-data';

interface NodeRoute {
  readonly params: Promise<{ dc: string; name: string }>;
}

export default async function NodeRoutePage({ params }: NodeRoute) {
  await connection();
  const { dc: dcSegment, name: nameSegment } = await params;
  const dc = pathSegment(dcSegment);
  const name = pathSegment(nameSegment);
  if (dc === null || name === null) notFound();
  const data = firstData();
  const node = data.node(dc, name);
  if (!node && isAbsenceKnown(data.fleet(), dc)) notFound();
  const alerts = <SubjectAlerts subject={{ kind: 'node', dc, name }} />;
  const timeline = <SubjectTimeline subject={{ kind: 'node', dc, name }} />;
  return <NodePage key={nodeKey(dc, name)} dc={dc} name={name} first={node} alerts={alerts} timeline={timeline} />;
}
