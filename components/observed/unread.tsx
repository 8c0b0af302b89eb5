'use client';

import { useFreshness } from '@/components/live/use-freshness';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import { useView } from './use-view';

interface UnreadProps {
  readonly dc: string;
  readonly name: string;
  /** A sentence, where reading has failed. */
  readonly error: string | null;
  /** What is said while it is on its way. */
  readonly loading: string;
}

/** In the place of something that was not read: because it cannot be reached, may not be read, or is on its way. */
export function Unread({ dc, name, error, loading }: UnreadProps) {
  const text = useText();
  const { fleet } = useView();
  const { state, reason } = useFreshness(dc);
  const known = fleet?.datacenters.some((datacenter) => datacenter.name === dc) ?? false;
  if (known && state === 'live' && error === null) {
    return (
      <Card>
        <EmptyState page title={loading} hint={text.subject.unreadHint} />
      </Card>
    );
  }
  const title = error === null ? text.subject.unread(visibleLine(name)) : text.subject.failed(visibleLine(name));
  return (
    <Card data-freshness={known ? state : 'lost'}>
      <EmptyState
        page
        mark={<StatusIcon status="unknown" size={20} />}
        title={title}
        hint={[reason ?? error ?? fleet?.consul.reason, text.subject.unreadHint].filter(Boolean).join(' ')}
      />
    </Card>
  );
}
