'use client';

import { useMemo } from 'react';
import { useFreshness } from '@/components/live/use-freshness';
import { useView } from '@/components/observed/use-view';
import { useText } from '@/components/ui/text-provider';
import { serviceRows } from '@/lib/fleet/service-row';
import type { Verdict } from '@/lib/fleet/verdict';

/** How much the verdict is about, and which part of it is old. */
export function HeadlineFacts({ verdict }: { verdict: Verdict | undefined }) {
  const text = useText();
  const { fleet, connected, dc } = useView();
  const { services, instances } = useMemo(() => {
    const rows = fleet ? serviceRows(fleet, connected, dc) : [];
    return { services: rows.length, instances: rows.reduce((sum, { service }) => sum + service.instances, 0) };
  }, [fleet, connected, dc]);
  if (!verdict || verdict.kind === 'none') return null;
  return (
    <>
      {text.counts.services(services)} · {text.counts.instances(instances)}
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

function PartNotLive({ dc }: { dc: string }) {
  const text = useText();
  const { state, lastContactMs } = useFreshness(dc);
  if (state === 'denied') return <> · {text.verdict.partDenied(dc)}</>;
  if (lastContactMs === null) return <> · {text.verdict.partNever(dc)}</>;
  return <> · {text.verdict.partOld(dc, text.freshness.age(lastContactMs))}</>;
}
