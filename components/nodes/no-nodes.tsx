'use client';

import { useView } from '@/components/observed/use-view';
import { EmptyState } from '@/components/ui/empty-state';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { NodesBody } from '@/lib/fleet/model';
import { visibleLine } from '@/lib/text/visible-text';

/** Why the list is empty: nothing matches, nothing is registered, or nothing is known. */
export function NoNodes({ nodes, filter }: { nodes: NodesBody | undefined; filter: string }) {
  const text = useText();
  const { fleet, connected, dc } = useView();
  const looked = nodes?.datacenters.filter(({ name }) => dc === null || name === dc) ?? [];
  if (looked.length > 0 && filter.trim() !== '') {
    return <EmptyState title={text.nodes.noMatch} hint={text.nodes.noMatchHint} />;
  }
  if (looked.some(({ partial }) => partial)) {
    return <EmptyState title={text.nodes.noneInPart} hint={text.freshness.partialWhy} />;
  }
  if (looked.length > 0) return <EmptyState title={text.nodes.none} hint={text.nodes.noneHint} />;
  const unknown = <StatusIcon status="unknown" size={20} />;
  if (!connected) return <EmptyState mark={unknown} title={text.verdict.lostConnection} />;
  if (!nodes) return <EmptyState mark={unknown} title={text.verdict.waiting} />;
  if (dc !== null && nodes.datacenters.length > 0) {
    return <EmptyState mark={unknown} title={text.verdict.noSuchDatacenter(visibleLine(dc))} />;
  }
  return <EmptyState mark={unknown} title={text.verdict.none} hint={fleet?.consul.reason ?? ''} />;
}
