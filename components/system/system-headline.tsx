'use client';

import { useMemo } from 'react';
import { useFleet } from '@/components/live/use-fleet';
import { useSystem } from '@/components/live/use-system';
import { PageTitle } from '@/components/ui/page-title';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { useDatacenterChoice } from '@/components/ui/use-datacenter-choice';
import type { FleetBody, Status } from '@/lib/fleet/model';
import { judgeSystem, type SystemVerdict } from '@/lib/system/judge-system';
import type { SystemBody } from '@/lib/system/system-body';
import type { Text } from '@/lib/text/en';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './system-headline.module.css';

const whole = (body: SystemBody) => body;
const outOfSight = (body: FleetBody) =>
  body.datacenters
    .filter(({ freshness }) => freshness.state === 'lost' || freshness.state === 'denied')
    .map(({ name }) => name);

/** How Consul is, as a sentence: the worst that is known of its servers. */
export function SystemHeadline() {
  const text = useText();
  const body = useSystem(whole);
  const lost = useFleet(outOfSight) ?? [];
  const [chosen] = useDatacenterChoice();
  const datacenters = useMemo(
    () => body?.datacenters.filter(({ name }) => chosen === null || name === chosen),
    [body?.datacenters, chosen],
  );
  const verdict = datacenters && judgeSystem(datacenters);
  const sentence = verdict ? sentenceOf(verdict, text, chosen) : text.system.verdict.waiting;
  const named = verdict && 'dcs' in verdict && verdict.kind !== 'kept' ? verdict.dcs : [];
  const away = (datacenters ?? [])
    .map(({ name }) => name)
    .filter((name) => lost.includes(name) && !named.includes(name));
  const full = away.length === 0 ? sentence : `${sentence}; ${text.verdict.except(away.map(visibleLine))}`;
  return (
    <section className={styles.headline}>
      <PageTitle parts={[text.system.title, full]} />
      <StatusIcon status={away.length > 0 && verdict?.kind === 'kept' ? 'unknown' : iconOf(verdict)} size={20} />
      <h1 className={styles.sentence} aria-live="polite">
        {full}
      </h1>
    </section>
  );
}

function iconOf(verdict: SystemVerdict | undefined): Status {
  switch (verdict?.kind) {
    case 'kept':
      return 'passing';
    case 'lost':
      return 'critical';
    case 'electing':
    case 'unwell':
      return 'warning';
    default:
      return 'unknown';
  }
}

function sentenceOf(verdict: SystemVerdict, text: Text, chosen: string | null): string {
  const words = text.system.verdict;
  if (verdict.kind === 'none') {
    return chosen === null ? words.none : text.verdict.noSuchDatacenter(visibleLine(chosen));
  }
  const dcs = verdict.dcs.map(visibleLine);
  if (verdict.kind === 'unwell') return words.unwell(verdict.servers, dcs);
  if (verdict.kind !== 'kept') return words[verdict.kind](dcs);
  return dcs.length === 1 && dcs[0] !== undefined ? words.keptIn(dcs[0]) : words.kept(dcs.length);
}
