'use client';

import { useFreshness } from '@/components/live/use-freshness';
import { useService } from '@/components/live/use-service';
import { PageTitle } from '@/components/ui/page-title';
import { useText } from '@/components/ui/text-provider';
import { serviceKey } from '@/lib/fleet/keys';
import { visibleLine } from '@/lib/text/visible-text';
import { Breadcrumb } from './breadcrumb';
import { InstanceTable } from './instance-table';
import { ServiceGone } from './service-gone';
import { ServiceHead } from './service-head';
import { ServiceUnread } from './service-unread';

/** One service of one datacenter: its state, its instances, and what every check says. */
export function ServicePage({ dc, name }: { dc: string; name: string }) {
  const text = useText();
  const { body, goneSince, error } = useService(serviceKey(dc, name));
  const { state } = useFreshness(dc);
  const status = body && goneSince === null ? text.status[body.service.status] : null;
  const title = [status === null ? visibleLine(name) : `${visibleLine(name)} ${status}`, dc];
  return (
    <article>
      <PageTitle parts={title} />
      {body ? (
        <>
          <ServiceHead dc={dc} service={body.service} freshness={state} gone={goneSince !== null} />
          {goneSince === null ? null : <ServiceGone name={name} since={goneSince} />}
          <InstanceTable instances={body.instances} dc={dc} freshness={state} gone={goneSince !== null} />
        </>
      ) : (
        <>
          <Breadcrumb dc={dc} name={name} />
          <ServiceUnread dc={dc} name={name} goneSince={goneSince} error={error} />
        </>
      )}
    </article>
  );
}
