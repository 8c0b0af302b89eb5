'use client';

import { Unread } from '@/components/observed/unread';
import { useAbsenceKnown } from '@/components/observed/use-absence-known';
import { useText } from '@/components/ui/text-provider';
import { UnknownService } from './unknown-service';

interface ServiceUnreadProps {
  readonly dc: string;
  readonly name: string;
  readonly goneSince: string | null;
  readonly error: string | null;
}

/** In the place of a service that was not read: it is not there, or nobody can say. */
export function ServiceUnread({ dc, name, goneSince, error }: ServiceUnreadProps) {
  const text = useText();
  const absenceKnown = useAbsenceKnown(dc);
  if (goneSince !== null && absenceKnown) return <UnknownService dc={dc} name={name} />;
  return <Unread dc={dc} name={name} error={error} loading={text.service.loading} />;
}
