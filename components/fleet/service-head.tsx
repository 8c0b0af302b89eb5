'use client';

import { SubjectHead } from '@/components/observed/subject-head';
import styles from '@/components/observed/subject-head.module.css';
import { Chip } from '@/components/ui/chip';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { FreshnessState, ServiceRecord } from '@/lib/fleet/model';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import { instanceCounts } from '@/lib/fleet/status-counts';
import { Elsewhere } from './elsewhere';
import { FlappingBadge } from './flapping-badge';
import { useServiceSteps } from './use-service-steps';
import { VersionList } from './version-list';

interface ServiceHeadProps {
  readonly dc: string;
  readonly service: ServiceRecord;
  readonly freshness: FreshnessState;
  readonly gone: boolean;
}

/** The service's name and state, how many of its instances are in which, and the same service elsewhere. */
export function ServiceHead({ dc, service, freshness, gone }: ServiceHeadProps) {
  const text = useText();
  const counts = instanceCounts(service);
  return (
    <SubjectHead
      dc={dc}
      name={service.name}
      record={service}
      freshness={freshness}
      gone={gone}
      unconfirmed={service.unconfirmed > 0}
      steps={useServiceSteps(dc)}
      aside={<Elsewhere dc={dc} name={service.name} />}
    >
      {SERVICE_SEVERITY.filter((status) => counts[status] > 0).map((status) => (
        <li key={status}>
          <StatusIcon status={status} />
          <b>{text.number(counts[status])}</b> {text.status[status]}
        </li>
      ))}
      {service.flapping ? (
        <li>
          <FlappingBadge count={service.flapping} />
        </li>
      ) : null}
      {service.unconfirmed > 0 ? <li>{text.unconfirmed.share(service.unconfirmed, service.instances)}</li> : null}
      <li>
        <VersionList versions={service.versions} all />
      </li>
      <li className={styles.chips}>
        {service.tags.map((tag) => (
          <Chip key={tag}>{tag}</Chip>
        ))}
      </li>
    </SubjectHead>
  );
}
