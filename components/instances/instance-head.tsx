'use client';

import Link from 'next/link';
import { DatacenterFreshness } from '@/components/observed/datacenter-freshness';
import { SubjectHead } from '@/components/observed/subject-head';
import styles from '@/components/observed/subject-head.module.css';
import { Chip } from '@/components/ui/chip';
import { nodeHref, serviceHref } from '@/components/ui/links';
import { Name } from '@/components/ui/name';
import { useText } from '@/components/ui/text-provider';
import type { FreshnessState, Instance } from '@/lib/fleet/model';
import { compareNames } from '@/lib/fleet/rank';
import { visibleLine } from '@/lib/text/visible-text';
import { useInstanceSteps } from './use-instance-steps';

interface InstanceHeadProps {
  readonly dc: string;
  readonly service: string;
  readonly instance: Instance;
  readonly freshness: FreshnessState;
  readonly gone: boolean;
}

/** The instance's id and state, its service and node, and what it was registered with. */
export function InstanceHead({ dc, service, instance, freshness, gone }: InstanceHeadProps) {
  const text = useText();
  const { id, node, address, port, version, weights, tags, meta } = instance;
  const entries = Object.entries(meta).sort(([a], [b]) => compareNames(a, b));
  return (
    <SubjectHead
      dc={dc}
      name={id}
      record={instance}
      freshness={freshness}
      gone={gone}
      unconfirmed={instance.unconfirmed}
      steps={useInstanceSteps(dc, service)}
      aside={<DatacenterFreshness dc={dc} />}
    >
      {instance.unconfirmed ? <li>{text.unconfirmed.label}</li> : null}
      <li>
        {text.nodes.instance.service}{' '}
        <Link prefetch={false} className={styles.link} href={serviceHref(dc, service)}>
          <Name>{service}</Name>
        </Link>
      </li>
      <li>
        {text.nodes.instance.node}{' '}
        <Link prefetch={false} className={styles.link} href={nodeHref(dc, node)}>
          <Name>{node}</Name>
        </Link>
      </li>
      <li>
        <b>
          {visibleLine(address)}
          {port === 0 ? null : `:${port}`}
        </b>
        {port === 0 ? text.service.noPort : null}
      </li>
      <li>
        {text.service.version} <b>{visibleLine(version)}</b>
      </li>
      <li title={text.service.weightsWhy}>{text.nodes.instance.weights(weights.passing, weights.warning)}</li>
      <li className={styles.chips}>
        {tags.map((tag) => (
          <Chip key={tag}>{tag}</Chip>
        ))}
        {entries.map(([name, value]) => (
          <Chip key={name} name={name}>
            {value}
          </Chip>
        ))}
      </li>
    </SubjectHead>
  );
}
