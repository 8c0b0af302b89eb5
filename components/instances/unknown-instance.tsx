'use client';

import Link from 'next/link';
import styles from '@/components/observed/unknown.module.css';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { nodeHref, servicesHref } from '@/components/ui/links';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';

interface UnknownInstanceProps {
  readonly dc: string;
  readonly node: string;
  readonly id: string;
  readonly nodeKnown: boolean;
}

/** No such instance, and where to look instead. */
export function UnknownInstance({ dc, node, id, nodeKnown }: UnknownInstanceProps) {
  const text = useText();
  const { notFound, notFoundHint, toNode } = text.nodes.instance;
  return (
    <Card>
      <EmptyState page title={notFound(visibleLine(id), visibleLine(node), visibleLine(dc))} hint={notFoundHint}>
        <Link prefetch={false} className={styles.all} href={nodeKnown ? nodeHref(dc, node) : servicesHref(null)}>
          {nodeKnown ? toNode(visibleLine(node)) : text.service.all}
        </Link>
      </EmptyState>
    </Card>
  );
}
