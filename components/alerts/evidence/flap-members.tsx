'use client';

import { useMemo } from 'react';
import { useService } from '@/components/live/use-service';
import { useText } from '@/components/ui/text-provider';
import type { AlertRecord } from '@/lib/alerts/alert-body';
import type { FlapEvidence, FlapMember } from '@/lib/alerts/evidence';
import type { FreshnessState } from '@/lib/fleet/model';
import { EvidenceCard } from './evidence-card';
import { MemberTable } from './member-table';
import { type StatusNow, useNodeNow, useServicesOf } from './use-statuses';

interface FlapMembersProps {
  readonly alert: AlertRecord;
  readonly evidence: FlapEvidence;
  readonly freshness: FreshnessState;
}

export type StatusOf = (member: FlapMember) => StatusNow | null | undefined;

/** What of it flaps, each with what it is now. */
export function FlapMembers({ alert, evidence, freshness }: FlapMembersProps) {
  const text = useText();
  const Table = alert.subject.kind === 'node' ? OfNode : OfService;
  return (
    <EvidenceCard
      title={text.alerts.members}
      hint={text.alerts.memberCount(evidence.flapping, evidence.all)}
      dc={alert.subject.dc}
      freshness={freshness}
    >
      <Table alert={alert} members={evidence.members} />
    </EvidenceCard>
  );
}

interface MembersProps {
  readonly alert: AlertRecord;
  readonly members: readonly FlapMember[];
}

function OfService({ alert, members }: MembersProps) {
  const { body, goneSince } = useService(alert.subject.key);
  const instances = useMemo(() => new Map(body?.instances.map((one) => [one.key, one])), [body]);
  const statusOf: StatusOf = ({ key, subject }) => {
    if (goneSince !== null) return null;
    if (!body) return undefined;
    return subject === 'service' ? body.service : (instances.get(key) ?? null);
  };
  return <MemberTable dc={alert.subject.dc} members={members} statusOf={statusOf} />;
}

function OfNode({ alert, members }: MembersProps) {
  const services = useServicesOf(alert.subject.dc);
  const node = useNodeNow(alert.subject.key);
  const byKey = useMemo(() => services && new Map(services.map((one) => [one.key, one])), [services]);
  const statusOf: StatusOf = ({ key, subject }) => (subject === 'node' ? node : byKey && (byKey.get(key) ?? null));
  return <MemberTable dc={alert.subject.dc} members={members} statusOf={statusOf} />;
}
