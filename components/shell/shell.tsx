'use client';

import type { ReactNode } from 'react';
import { openWhenSettled } from '@/components/ui/settled-address';
import { useText } from '@/components/ui/text-provider';
import type { FiringCount } from '@/lib/alerts/view/alert-counts';
import { ConnectionNotice } from './connection-notice';
import { DatacenterRow } from './datacenter-row';
import { Header } from './header';
import styles from './shell.module.css';
import type { Theme } from './theme';

interface ShellProps {
  readonly theme: Theme;
  /** As the server rendered it. */
  readonly firing: FiringCount;
  readonly children: ReactNode;
}

/** What stands around every page. */
export function Shell({ theme, firing, children }: ShellProps) {
  const text = useText();
  return (
    <>
      <a className={styles.skip} href="#content">
        {text.pages.skip}
      </a>
      <header className={styles.top} onClickCapture={openWhenSettled}>
        <Header theme={theme} firing={firing} />
        <DatacenterRow />
        <ConnectionNotice />
      </header>
      <main id="content" className={styles.main} tabIndex={-1} onClickCapture={openWhenSettled}>
        {children}
      </main>
    </>
  );
}
