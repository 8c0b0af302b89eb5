'use client';

import type { AlertBody, AlertRecord } from '@/lib/alerts/alert-body';
import type { FreshnessState } from '@/lib/fleet/model';
import { ContactEvidence } from './contact-evidence';
import { CriticalEvidence } from './critical-evidence';
import { ExpiryEvidence } from './expiry-evidence';
import { FlapAside } from './flap-aside';
import { FlapMain } from './flap-main';
import { HealthyEvidence } from './healthy-evidence';
import { NodeEvidence } from './node-evidence';
import { ShareEvidence } from './share-evidence';
import { WatchdogEvidence } from './watchdog-evidence';

interface AlertEvidenceProps {
  readonly alert: AlertRecord;
  /** With what is too much for the stream; undefined: not read yet. */
  readonly body: AlertBody | undefined;
  readonly freshness: FreshnessState;
  /** The wide column, or the narrow one beside it. */
  readonly part: 'main' | 'aside';
}

/** What an alert stands on, each kind in its own way. */
export function AlertEvidence({ alert, body, freshness, part }: AlertEvidenceProps) {
  const { evidence } = alert;
  if (evidence.kind === 'flapping') {
    const Part = part === 'main' ? FlapMain : FlapAside;
    return <Part alert={alert} evidence={evidence} flap={body?.flap} freshness={freshness} />;
  }
  if (part === 'aside') return null;
  switch (evidence.kind) {
    case 'critical':
      return <CriticalEvidence alert={alert} evidence={evidence} freshness={freshness} />;
    case 'few-healthy':
      return <HealthyEvidence alert={alert} evidence={evidence} freshness={freshness} />;
    case 'critical-share':
      return <ShareEvidence alert={alert} evidence={evidence} freshness={freshness} />;
    case 'node-critical':
      return <NodeEvidence alert={alert} evidence={evidence} freshness={freshness} />;
    case 'no-leader':
    case 'datacenter-lost':
    case 'mass-disappearance':
      return <ContactEvidence alert={alert} evidence={evidence} freshness={freshness} />;
    case 'expiry':
      return <ExpiryEvidence evidence={evidence} />;
    case 'watchdog':
      return <WatchdogEvidence />;
  }
}
