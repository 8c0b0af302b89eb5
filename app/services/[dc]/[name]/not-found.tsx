import { connection } from 'next/server';
import { MissingService } from '@/components/fleet/missing-service';
import { TrafficHere } from '@/components/release/traffic-here';
import { TimelineHere } from '@/components/timeline/timeline-here';

export default async function ServiceNotFound() {
  await connection();
  return <MissingService traffic={<TrafficHere />} timeline={<TimelineHere kind="service" />} />;
}
