'use client';

import Link from 'next/link';
import { useCallback } from 'react';
import { useNodes } from '@/components/live/use-nodes';
import styles from '@/components/observed/unknown.module.css';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { nodeHref, nodesHref } from '@/components/ui/links';
import { StatusWord } from '@/components/ui/status-word';
import { useText } from '@/components/ui/text-provider';
import type { NodesBody } from '@/lib/fleet/model';
import { visibleLine } from '@/lib/text/visible-text';

/** No such node, and where else one of that name is. */
export function UnknownNode({ dc, name }: { dc: string; name: string }) {
  const text = useText();
  const nodes = useNodes(useCallback((body: NodesBody) => body, []));
  const elsewhere = (nodes?.datacenters ?? []).flatMap((datacenter) =>
    datacenter.nodes.filter((node) => node.name === name).map((node) => ({ dc: datacenter.name, node })),
  );
  return (
    <Card>
      <EmptyState page title={text.nodes.notFound(visibleLine(name), visibleLine(dc))} hint={text.nodes.notFoundHint}>
        {elsewhere.length > 0 ? (
          <div className={styles.others}>
            {text.nodes.itIsIn}
            {elsewhere.map((other) => (
              <Link prefetch={false} key={other.dc} className={styles.other} href={nodeHref(other.dc, name)}>
                {other.dc} <StatusWord status={other.node.status} />
              </Link>
            ))}
          </div>
        ) : null}
        <Link prefetch={false} className={styles.all} href={nodesHref(null)}>
          {text.nodes.all}
        </Link>
      </EmptyState>
    </Card>
  );
}
