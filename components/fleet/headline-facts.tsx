'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { useAlerts } from '@/components/live/use-alerts';
import { useFreshness } from '@/components/live/use-freshness';
import { useView } from '@/components/observed/use-view';
import { alertsHref, servicesHref } from '@/components/ui/links';
import { useText } from '@/components/ui/text-provider';
import type { AlertsBody } from '@/lib/alerts/alert-body';
import { firingAlerts } from '@/lib/alerts/view/subject-alerts';
import { serviceRows } from '@/lib/fleet/service-row';
import type { Verdict } from '@/lib/fleet/verdict';

const itemsOf = (body: AlertsBody) => body.items;

/** How much the verdict is about, and which part of it is old. */
export function HeadlineFacts({ verdict }: { verdict: Verdict | undefined }) {
  const text = useText();
  const { fleet, connected, dc } = useView();
  const { services, instances, flapping } = useMemo(() => {
    const rows = fleet ? serviceRows(fleet, connected, dc) : [];
    return {
      services: rows.length,
      instances: rows.reduce((sum, { service }) => sum + service.instances, 0),
      flapping: rows.filter(({ service }) => (service.flapping ?? 0) > 0).length,
    };
  }, [fleet, connected, dc]);
  if (!verdict || verdict.kind === 'none') return null;
  return (
    <>
      {text.counts.services(services)} · {text.counts.instances(instances)}
      <AlertFacts dc={dc} flapping={flapping} />
      {verdict.notLive.map((part) => (
        <PartNotLive key={part.dc} dc={part.dc} />
      ))}
      {fleet?.datacenters.map(({ name, unconfirmed }) =>
        unconfirmed && (dc === null || dc === name) ? (
          <span key={name} title={unconfirmed.reason}>
            {' · '}
            {text.unconfirmed.part(name, unconfirmed.instances, unconfirmed.nodes)}
          </span>
        ) : null,
      )}
    </>
  );
}

/** How many services flap and how many alerts fire; nothing of what is none. */
function AlertFacts({ dc, flapping }: { dc: string | null; flapping: number }) {
  const text = useText();
  const alerts = useAlerts(itemsOf);
  const firing = useMemo(
    () => firingAlerts(alerts ?? [], dc).filter(({ state }) => state === 'firing').length,
    [alerts, dc],
  );
  return (
    <>
      {flapping > 0 ? (
        <>
          {' · '}
          <Link prefetch={false} href={servicesHref(dc, 'flapping:>0')} title={text.alertsElsewhere.flappingWhy}>
            {text.alertsElsewhere.servicesFlapping(flapping)}
          </Link>
        </>
      ) : null}
      {firing > 0 ? (
        <>
          {' · '}
          <Link prefetch={false} href={alertsHref(dc)}>
            {text.alertsElsewhere.firing(firing)}
          </Link>
        </>
      ) : null}
    </>
  );
}

function PartNotLive({ dc }: { dc: string }) {
  const text = useText();
  const { state, lastContactMs } = useFreshness(dc);
  if (state === 'denied') return <> · {text.verdict.partDenied(dc)}</>;
  if (lastContactMs === null) return <> · {text.verdict.partNever(dc)}</>;
  return <> · {text.verdict.partOld(dc, text.freshness.age(lastContactMs))}</>;
}
