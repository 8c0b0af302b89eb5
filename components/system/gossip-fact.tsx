'use client';

import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { Gossip } from '@/lib/system/consul-health';
import { gossipStatus } from '@/lib/system/server-state';
import { visibleLine } from '@/lib/text/visible-text';
import facts from './facts.module.css';

/** More of those that are not alive are a number: the nodes' page lists them. */
const MOST_SHOWN = 6;

/** How many members are in which state, and who is not alive. */
export function GossipFact({ gossip }: { gossip: Gossip }) {
  const text = useText();
  const states = (['alive', 'failed', 'leaving', 'left'] as const).filter((is) => is === 'alive' || gossip[is] > 0);
  const wrong = gossip.members.filter(({ status }) => status !== 'alive');
  const more = gossip.failed + gossip.leaving + gossip.left - Math.min(wrong.length, MOST_SHOWN);
  return (
    <div title={text.system.membersOf[gossip.pool]}>
      <p className={facts.states}>
        {states.map((is) => (
          <span key={is} data-paint>
            <StatusIcon status={gossipStatus(is)} /> {text.system.member(gossip[is], is)}
          </span>
        ))}
      </p>
      {wrong.slice(0, MOST_SHOWN).map(({ name, address, status }) => (
        <p key={`${name} ${address}`}>
          <bdi>{visibleLine(name)}</bdi> <span className={facts.quiet}>{text.system.gossip[status]}</span>
        </p>
      ))}
      {more > 0 ? <p className={facts.quiet}>{text.system.more(more)}</p> : null}
    </div>
  );
}
