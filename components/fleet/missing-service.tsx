'use client';

import { useParams } from 'next/navigation';
import { PageTitle } from '@/components/ui/page-title';
import { pathSegment } from '@/components/ui/path-segment';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import { Breadcrumb } from './breadcrumb';
import { UnknownService } from './unknown-service';

/** The page of a service that does not exist; it knows which by the address. */
export function MissingService() {
  const text = useText();
  const params = useParams<{ dc: string; name: string }>();
  const dc = pathSegment(params.dc) ?? params.dc;
  const name = pathSegment(params.name) ?? params.name;
  return (
    <>
      <PageTitle parts={[text.service.notFound(visibleLine(name), visibleLine(dc))]} />
      <Breadcrumb dc={dc} name={name} />
      <UnknownService dc={dc} name={name} />
    </>
  );
}
