import { connection } from 'next/server';
import { AlertsHere } from '@/components/alerts/elsewhere/alerts-here';
import { MissingService } from '@/components/fleet/missing-service';
import { TrafficHere } from '@/components/release/traffic-here';
import { TimelineHere } from '@/components/timeline/timeline-here';
import { DependenciesHere } from '@/components/topology/dependencies/dependencies-here';

export default async function ServiceNotFound() {
  await connection();
  return (
    <MissingService
      alerts={<AlertsHere kind="service" />}
      traffic={<TrafficHere />}
      dependencies={<DependenciesHere />}
      timeline={<TimelineHere kind="service" />}
    />
  );
}
