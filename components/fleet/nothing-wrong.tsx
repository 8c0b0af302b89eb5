'use client';

import { useView } from '@/components/observed/use-view';
import { EmptyState } from '@/components/ui/empty-state';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { believed } from '@/lib/fleet/service-row';

/** The good state of the list of what is wrong; said with care where not all is in sight. */
export function NothingWrong() {
  const text = useText();
  const { fleet, connected, dc } = useView();
  if (!fleet) return <EmptyState title={text.verdict.waiting} />;
  const looked = fleet.datacenters.filter(({ name }) => dc === null || name === dc);
  const seen = looked.filter(({ freshness }) => believed(freshness.state, connected) === 'live');
  if (seen.length === 0) {
    return <EmptyState mark={<StatusIcon status="unknown" size={20} />} title={text.verdict.none} />;
  }
  const whole = seen.length === looked.length && !seen.some(({ partial }) => partial);
  return (
    <EmptyState
      mark={<StatusIcon status="passing" size={20} />}
      title={whole ? text.overview.nothingWrong : text.overview.nothingWrongInSight}
      hint={text.overview.nothingWrongHint}
    />
  );
}
