import { connection } from 'next/server';
import { MissingService } from '@/components/fleet/missing-service';
import { TimelineHere } from '@/components/timeline/timeline-here';

export default async function ServiceNotFound() {
  await connection();
  return <MissingService timeline={<TimelineHere kind="service" />} />;
}
