import { Activity, CircleAlert, type LucideIcon, Shuffle, Split, Wrench } from 'lucide-react';
import { useText } from '@/components/ui/text-provider';
import type { TopologyNode } from '@/lib/topology/topology-body';
import styles from './graph-node.module.css';

export type BadgeKind = 'problem' | 'flapping' | 'maintenance' | 'split' | 'failover';

export const badgeIcons: Readonly<Record<BadgeKind, LucideIcon>> = {
  problem: CircleAlert,
  flapping: Activity,
  maintenance: Wrench,
  split: Split,
  failover: Shuffle,
};

export function badgesOf({ problem, flapping, maintenance, split, failover }: TopologyNode): BadgeKind[] {
  return [
    ...(problem === null ? [] : ['problem' as const]),
    ...((flapping ?? 0) > 0 ? ['flapping' as const] : []),
    ...(maintenance > 0 ? ['maintenance' as const] : []),
    ...(split === null ? [] : ['split' as const]),
    ...(failover.length > 0 ? ['failover' as const] : []),
  ];
}

/** What else there is to know of a service, each by a sign and, for who points at it, a word. */
export function NodeBadges({ record }: { record: TopologyNode }) {
  const text = useText();
  const badges = badgesOf(record);
  if (badges.length === 0) return null;
  return (
    <span className={styles.badges}>
      {badges.map((badge) => {
        const Icon = badgeIcons[badge];
        return (
          <span key={badge} className={styles.badge} data-badge={badge} title={text.topologyGraph.badge[badge]}>
            <Icon size={11} aria-hidden="true" />
          </span>
        );
      })}
    </span>
  );
}
