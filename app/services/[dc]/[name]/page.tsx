import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { SubjectAlerts } from '@/components/alerts/elsewhere/subject-alerts';
import { ServicePage } from '@/components/fleet/service-page';
import { LiveSeed } from '@/components/live/seed';
import { Traffic } from '@/components/release/traffic';
import { SubjectTimeline } from '@/components/timeline/subject-timeline';
import { ServiceDependencies } from '@/components/topology/dependencies/service-dependencies';
import { pathSegment } from '@/components/ui/path-segment';
import { isAbsenceKnown } from '@/lib/fleet/absence';
import { serviceKey } from '@/lib/fleet/keys';
import { firstData } from '@/lib/stream/first-data';
import { serviceTopic } from '@/lib/stream/topics';

interface ServiceRoute {
  readonly params: Promise<{ dc: string; name: string }>;
}

export default async function ServiceRoutePage({ params }: ServiceRoute) {
  await connection();
  const { dc: dcSegment, name: nameSegment } = await params;
  const dc = pathSegment(dcSegment);
  const name = pathSegment(nameSegment);
  if (dc === null || name === null) notFound();
  const data = firstData();
  const key = serviceKey(dc, name);
  const service = data.service(key);
  if (!service && isAbsenceKnown(data.fleet(), dc)) notFound();
  return (
    <>
      {service ? <LiveSeed initial={{ topics: { [serviceTopic(key)]: service }, at: data.nowIso() }} /> : null}
      <ServicePage
        key={key}
        dc={dc}
        name={name}
        alerts={<SubjectAlerts subject={{ kind: 'service', dc, name }} />}
        traffic={<Traffic dc={dc} name={name} />}
        dependencies={<ServiceDependencies dc={dc} name={name} />}
        timeline={<SubjectTimeline subject={{ kind: 'service', dc, name }} />}
      />
    </>
  );
}
