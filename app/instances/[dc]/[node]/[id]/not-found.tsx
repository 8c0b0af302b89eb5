import { connection } from 'next/server';
import { AlertsHere } from '@/components/alerts/elsewhere/alerts-here';
import { MissingInstance } from '@/components/instances/missing-instance';
import { TimelineHere } from '@/components/timeline/timeline-here';

export default async function InstanceNotFound() {
  await connection();
  return <MissingInstance alerts={<AlertsHere kind="instance" />} timeline={<TimelineHere kind="instance" />} />;
}
