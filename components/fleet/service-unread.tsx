'use client';

import { useFreshness } from '@/components/live/use-freshness';
import { useView } from '@/components/observed/use-view';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import { UnknownService } from './unknown-service';

interface ServiceUnreadProps {
  readonly dc: string;
  readonly name: string;
  readonly goneSince: string | null;
  readonly error: string | null;
}

/** In the place of a service that was not read: because it is not there, cannot be reached, may not be read, or is on its way. */
export function ServiceUnread({ dc, name, goneSince, error }: ServiceUnreadProps) {
  const text = useText();
  const { fleet } = useView();
  const { state, reason } = useFreshness(dc);
  const known = fleet?.datacenters.some((datacenter) => datacenter.name === dc) ?? false;
  // That it is not there can be said only of a datacenter that is in sight.
  if (goneSince !== null && (!known || state === 'live')) return <UnknownService dc={dc} name={name} />;
  if (known && state === 'live' && error === null) {
    return (
      <Card>
        <EmptyState page title={text.service.loading} hint={text.service.unreadHint} />
      </Card>
    );
  }
  const title = error === null ? text.service.unread(visibleLine(name)) : text.service.failed(visibleLine(name));
  return (
    <Card data-freshness={known ? state : 'lost'}>
      <EmptyState
        page
        mark={<StatusIcon status="unknown" size={20} />}
        title={title}
        hint={[reason ?? error ?? fleet?.consul.reason, text.service.unreadHint].filter(Boolean).join(' ')}
      />
    </Card>
  );
}
