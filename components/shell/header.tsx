'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useRef } from 'react';
import { useFiring } from '@/components/live/use-firing';
import hidden from '@/components/ui/hidden.module.css';
import {
  alertsHref,
  nodesHref,
  overviewHref,
  servicesHref,
  systemHref,
  timelineHref,
  topologyHref,
} from '@/components/ui/links';
import { useText } from '@/components/ui/text-provider';
import { useCurrentInSight } from '@/components/ui/use-current-in-sight';
import { useDatacenterChoice } from '@/components/ui/use-datacenter-choice';
import type { FiringCount } from '@/lib/alerts/view/alert-counts';
import styles from './header.module.css';
import { LanguageMenu } from './language-menu';
import { Mark } from './mark';
import { Search } from './search';
import type { Theme } from './theme';
import { ThemeMenu } from './theme-menu';

/** The first row of the one header of all pages. The chosen datacenter goes along from page to page. */
export function Header({ theme, firing }: { theme: Theme; firing: FiringCount }) {
  const text = useText();
  const path = usePathname();
  const [dc] = useDatacenterChoice();
  const nav = useRef<HTMLElement>(null);
  const here = pageOf(path);
  useCurrentInSight(nav, here);
  const alerts = useFiring(firing);
  const pages = [
    { href: overviewHref(dc), name: text.pages.overview, page: 'overview' },
    { href: servicesHref(dc), name: text.pages.services, page: 'services' },
    { href: nodesHref(dc), name: text.pages.nodes, page: 'nodes' },
    { href: topologyHref(dc), name: text.pages.topology, page: 'topology' },
    { href: timelineHref(dc), name: text.pages.timeline, page: 'timeline' },
    { href: alertsHref(dc), name: text.pages.alerts, page: 'alerts' },
    { href: systemHref(dc), name: text.pages.system, page: 'system' },
  ];
  return (
    <div className={styles.header}>
      <Link className={styles.brand} href={overviewHref(dc)}>
        <Mark />
        <span>Lictor</span>
      </Link>
      <nav ref={nav} className={styles.nav} aria-label={text.pages.nav}>
        {pages.map(({ href, name, page }) => (
          <Link key={name} href={href} aria-current={page === here ? 'page' : undefined}>
            {name}
            {page === 'alerts' && alerts.firing > 0 ? (
              <span className={styles.count} data-critical={alerts.critical > 0 || undefined}>
                <span aria-hidden="true">{text.number(alerts.firing)}</span>
                <span className={hidden.hidden}>{text.alerts.firing(alerts.firing)}</span>
              </span>
            ) : null}
          </Link>
        ))}
      </nav>
      <Search />
      <LanguageMenu />
      <ThemeMenu initial={theme} />
    </div>
  );
}

/** The page of the header's row that an address belongs to. */
function pageOf(path: string): string | undefined {
  if (path === '/') return 'overview';
  const [, first] = path.split('/');
  return first === 'instances' ? 'services' : first;
}
