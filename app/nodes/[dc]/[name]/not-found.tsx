import { connection } from 'next/server';
import { AlertsHere } from '@/components/alerts/elsewhere/alerts-here';
import { MissingNode } from '@/components/nodes/missing-node';
import { TimelineHere } from '@/components/timeline/timeline-here';

export default async function NodeNotFound() {
  await connection();
  return <MissingNode alerts={<AlertsHere kind="node" />} timeline={<TimelineHere kind="node" />} />;
}
