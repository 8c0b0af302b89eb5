import { connection } from 'next/server';
import { MissingInstance } from '@/components/instances/missing-instance';
import { TimelineHere } from '@/components/timeline/timeline-here';

export default async function InstanceNotFound() {
  await connection();
  return <MissingInstance timeline={<TimelineHere kind="instance" />} />;
}
