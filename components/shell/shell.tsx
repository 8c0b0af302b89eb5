'use client';

import type { ReactNode } from 'react';
import { openWhenSettled } from '@/components/ui/settled-address';
import { useText } from '@/components/ui/text-provider';
import { ConnectionNotice } from './connection-notice';
import { DatacenterRow } from './datacenter-row';
import { Header } from './header';
import styles from './shell.module.css';
import type { Theme } from './theme';

/** What stands around every page. */
export function Shell({ theme, children }: { theme: Theme; children: ReactNode }) {
  const text = useText();
  return (
    <>
      <a className={styles.skip} href="#content">
        {text.pages.skip}
      </a>
      <header className={styles.top} onClickCapture={openWhenSettled}>
        <Header theme={theme} />
        <DatacenterRow />
        <ConnectionNotice />
      </header>
      <main id="content" className={styles.main} tabIndex={-1} onClickCapture={openWhenSettled}>
        {children}
      </main>
    </>
  );
}
