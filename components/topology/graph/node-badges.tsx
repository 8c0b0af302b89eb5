import { Activity, CircleAlert, type LucideIcon, Shuffle, Split, Wrench } from 'lucide-react';
import { useText } from '@/components/ui/text-provider';
import type { Text } from '@/lib/text/en';
import { visibleLine } from '@/lib/text/visible-text';
import type { TopologyNode } from '@/lib/topology/topology-body';
import styles from './graph-node.module.css';

type BadgeKind = 'problem' | 'flapping' | 'maintenance' | 'split' | 'failover';

const icons: Readonly<Record<BadgeKind, LucideIcon>> = {
  problem: CircleAlert,
  flapping: Activity,
  maintenance: Wrench,
  split: Split,
  failover: Shuffle,
};

/** What else there is to know of a service, each with a sentence, the gravest first. */
export function badgesOf(node: TopologyNode, words: Text['topologyGraph']): [BadgeKind, string][] {
  const { problem, flapping, maintenance, split, failover } = node;
  const badges: [BadgeKind, string][] = [];
  if (problem !== null) badges.push(['problem', words.badge.problem(visibleLine(problem))]);
  if ((flapping ?? 0) > 0) badges.push(['flapping', words.badge.flapping(flapping ?? 0)]);
  if (maintenance > 0) badges.push(['maintenance', words.badge.maintenance(maintenance)]);
  if (split !== null) badges.push(['split', words.badge.split(partsOf(split, words))]);
  if (failover.length > 0) badges.push(['failover', words.badge.failover(failover.map(visibleLine))]);
  return badges;
}

const partsOf = (split: Readonly<Record<string, number>>, words: Text['topologyGraph']): string[] =>
  Object.entries(split)
    .sort(([, a], [, b]) => b - a)
    .map(([version, share]) => `${visibleLine(version)} ${words.share(share)}`);

/** Signs at a node's shape; to who points at one it says its sentence. */
export function NodeBadges({ record }: { record: TopologyNode }) {
  const words = useText().topologyGraph;
  const badges = badgesOf(record, words);
  if (badges.length === 0) return null;
  return (
    <span className={styles.badges}>
      {badges.map(([badge, sentence]) => {
        const Icon = icons[badge];
        return (
          <span key={badge} className={styles.badge} data-badge={badge} title={sentence}>
            <Icon size={11} aria-hidden="true" />
          </span>
        );
      })}
    </span>
  );
}
