'use client';

import { useView } from '@/components/observed/use-view';
import { EmptyState } from '@/components/ui/empty-state';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { useVerdictText } from './use-verdict-text';

/** Why the list is empty: nothing matches, or nothing is known. */
export function NoServices({ filter }: { filter: string }) {
  const text = useText();
  const view = useView();
  const known = view.fleet?.datacenters.some(({ name }) => view.dc === null || name === view.dc);
  const { sentence, note } = useVerdictText(view.fleet ? { kind: 'none' } : undefined, view);
  if (known && filter.trim() !== '') {
    return <EmptyState title={text.services.noMatch} hint={text.services.noMatchHint} />;
  }
  const partial = view.fleet?.datacenters.some((one) => one.partial && (view.dc === null || one.name === view.dc));
  if (known && partial) return <EmptyState title={text.verdict.emptyInPart} hint={text.freshness.partialWhy} />;
  if (known) return <EmptyState title={text.services.none} hint={text.datacenters.emptyHint} />;
  return (
    <EmptyState mark={<StatusIcon status="unknown" size={20} />} title={sentence} {...(note ? { hint: note } : {})} />
  );
}
