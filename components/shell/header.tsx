'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { nodesHref, overviewHref, servicesHref, systemHref, timelineHref } from '@/components/ui/links';
import { useText } from '@/components/ui/text-provider';
import { useDatacenterChoice } from '@/components/ui/use-datacenter-choice';
import styles from './header.module.css';
import { LanguageMenu } from './language-menu';
import { Mark } from './mark';
import { Search } from './search';
import type { Theme } from './theme';
import { ThemeMenu } from './theme-menu';

/** The first row of the one header of all pages. The chosen datacenter goes along from page to page. */
export function Header({ theme }: { theme: Theme }) {
  const text = useText();
  const path = usePathname();
  const [dc] = useDatacenterChoice();
  const pages = [
    { href: overviewHref(dc), name: text.pages.overview, here: path === '/' },
    { href: servicesHref(dc), name: text.pages.services, here: /^\/(services|instances)/.test(path) },
    { href: nodesHref(dc), name: text.pages.nodes, here: path.startsWith('/nodes') },
    { href: timelineHref(dc), name: text.pages.timeline, here: path === '/timeline' },
    { href: systemHref(dc), name: text.pages.system, here: path === '/system' },
  ];
  return (
    <div className={styles.header}>
      <Link className={styles.brand} href={overviewHref(dc)}>
        <Mark />
        <span>Lictor</span>
      </Link>
      <nav className={styles.nav} aria-label={text.pages.nav}>
        {pages.map(({ href, name, here }) => (
          <Link key={name} href={href} aria-current={here ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <Search />
      <LanguageMenu />
      <ThemeMenu initial={theme} />
    </div>
  );
}
