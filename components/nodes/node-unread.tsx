'use client';

import { Unread } from '@/components/observed/unread';
import { useAbsenceKnown } from '@/components/observed/use-absence-known';
import { useText } from '@/components/ui/text-provider';
import { UnknownNode } from './unknown-node';

interface NodeUnreadProps {
  readonly dc: string;
  readonly name: string;
  readonly gone: boolean;
  readonly error: string | null;
}

/** In the place of a node that was not read: it is not there, or nobody can say. */
export function NodeUnread({ dc, name, gone, error }: NodeUnreadProps) {
  const text = useText();
  const absenceKnown = useAbsenceKnown(dc);
  if (gone && absenceKnown) return <UnknownNode dc={dc} name={name} />;
  return <Unread dc={dc} name={name} error={error} loading={text.nodes.loading} />;
}
