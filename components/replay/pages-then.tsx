'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useText } from '@/components/ui/text-provider';
import { formatMoment } from '@/lib/timeline/span';
import styles from './replay.module.css';
import { useReplay } from './replay-context';

/** What of the address goes along: which moment, which datacenter, and the span around it. */
const KEPT = ['dc', 'range', 'from', 'to'];

/** The other pages at the same moment. */
export function PagesThen() {
  const text = useText();
  const path = usePathname();
  const search = useSearchParams();
  const { atMs } = useReplay();
  if (atMs === null) return null;
  const kept = new URLSearchParams([...search].filter(([name]) => KEPT.includes(name)));
  kept.set('at', formatMoment(atMs));
  const pages = [
    { href: '/', name: text.timeline.replay.overviewThen },
    { href: '/services', name: text.timeline.replay.servicesThen },
    { href: '/topology', name: text.timeline.replay.topologyThen },
    { href: '/timeline', name: text.timeline.replay.timelineThen },
  ].filter(({ href }) => href !== path);
  return (
    <nav className={styles.pages} aria-label={text.timeline.replay.past}>
      {pages.map(({ href, name }) => (
        <Link key={href} prefetch={false} href={`${href}?${kept}`}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
