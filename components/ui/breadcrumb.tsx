'use client';

import Link from 'next/link';
import { Fragment } from 'react';
import styles from './breadcrumb.module.css';
import { Name } from './name';
import { useText } from './text-provider';

/** Where a page is: the pages that it is a part of, and its own name. */
export function Breadcrumb({ steps, here }: { steps: readonly { href: string; name: string }[]; here: string }) {
  const text = useText();
  return (
    <nav className={styles.breadcrumb} aria-label={text.subject.breadcrumb}>
      {steps.map(({ href, name }) => (
        <Fragment key={href}>
          <Link prefetch={false} href={href}>
            <Name>{name}</Name>
          </Link>
          <span>/</span>
        </Fragment>
      ))}
      <span className={styles.here} aria-current="page">
        <Name>{here}</Name>
      </span>
    </nav>
  );
}
