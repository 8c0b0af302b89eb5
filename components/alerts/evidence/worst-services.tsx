'use client';

import { useMemo } from 'react';
import { useText } from '@/components/ui/text-provider';
import type { FreshnessState } from '@/lib/fleet/model';
import { compareWorstFirst } from '@/lib/fleet/rank';
import { EvidenceCard } from './evidence-card';
import { ServiceRows } from './service-rows';
import { useServicesOf } from './use-statuses';

const SHOWN = 12;

/** The services of a datacenter that do not pass, the worst first, as they are now. */
export function WorstServices({ dc, freshness }: { dc: string; freshness: FreshnessState }) {
  const text = useText();
  const services = useServicesOf(dc);
  const wrong = useMemo(
    () =>
      (services ?? [])
        .filter(({ status }) => status !== 'passing')
        .map((service) => ({ dc, service, freshness }))
        .sort(compareWorstFirst),
    [services, dc, freshness],
  );
  if (wrong.length === 0) return null;
  return (
    <EvidenceCard title={text.alerts.worstServices} dc={dc} freshness={freshness}>
      <ServiceRows
        dc={dc}
        freshness={freshness}
        rows={wrong.slice(0, SHOWN).map(({ service }) => ({ name: service.name, service }))}
        untold={wrong.length - SHOWN}
      />
    </EvidenceCard>
  );
}
