import { connection } from 'next/server';
import { MissingNode } from '@/components/nodes/missing-node';
import { TimelineHere } from '@/components/timeline/timeline-here';

export default async function NodeNotFound() {
  await connection();
  return <MissingNode timeline={<TimelineHere kind="node" />} />;
}
