'use client';

import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { SystemBody } from '@/lib/system/system-body';
import { serverVersionsMixed } from '@/lib/system/version-counts';
import { visibleLine } from '@/lib/text/visible-text';
import facts from './facts.module.css';
import { GossipFact } from './gossip-fact';

/** Who else is there, which versions, and how Lictor watches the datacenter, at what cost and delay. */
export function DatacenterFacts({ datacenter }: { datacenter: SystemBody['datacenters'][number] }) {
  const text = useText();
  const { system } = text;
  const { consul, mode, services, exactServices, readsPerSecond, watches, watchesNotLive } = datacenter;
  const delays = [
    [system.delays.status, datacenter.statusDelayMs],
    [system.delays.membership, datacenter.membershipDelayMs],
    [system.delays.definition, datacenter.definitionDelayMs],
    [system.delays.all, datacenter.worstDelayMs],
  ] as const;
  // Watched exactly, everything is seen alike: one figure says it.
  const shown = delays.every(([, ms]) => ms === datacenter.worstDelayMs) ? delays.slice(-1) : delays;
  return (
    <dl className={facts.facts}>
      <dt>{system.members}</dt>
      <dd>
        {consul?.gossip ? <GossipFact gossip={consul.gossip} /> : <span className={facts.quiet}>{system.untold}</span>}
      </dd>
      <dt>{system.versions}</dt>
      <dd>
        {consul === null || consul.versions.length === 0 ? <span className={facts.quiet}>{system.untold}</span> : null}
        {consul?.versions.map(({ version, servers, clients }) => (
          <p key={version}>
            <b>{visibleLine(version)}</b> <span className={facts.quiet}>{system.agents(servers, clients)}</span>
          </p>
        ))}
        {consul && serverVersionsMixed(consul.versions) ? (
          <p className={facts.warning}>
            <StatusIcon status="warning" /> {system.mixed}
          </p>
        ) : null}
      </dd>
      <dt>{system.plan}</dt>
      <dd title={datacenter.explanation}>
        {mode === 'exact' ? system.planned.exact(services) : system.planned.signals(exactServices, services)}
      </dd>
      <dt>{system.cost}</dt>
      <dd>
        {system.costs(readsPerSecond, watches)}
        {watchesNotLive > 0 ? (
          <p className={facts.warning}>
            <StatusIcon status="warning" /> {system.notLive(watchesNotLive)}
          </p>
        ) : null}
      </dd>
      <dt>{system.delay}</dt>
      <dd className={facts.delays}>
        {shown.map(([name, ms]) => (
          <span key={name}>
            <b>{system.within(ms)}</b> {name}
          </span>
        ))}
      </dd>
    </dl>
  );
}
