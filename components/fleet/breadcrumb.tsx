'use client';

import Link from 'next/link';
import { servicesHref } from '@/components/ui/links';
import { Name } from '@/components/ui/name';
import { useText } from '@/components/ui/text-provider';
import styles from './service-head.module.css';

export function Breadcrumb({ dc, name }: { dc: string; name: string }) {
  const text = useText();
  return (
    <nav className={styles.breadcrumb} aria-label={text.service.breadcrumb}>
      <Link href={servicesHref(null)}>{text.pages.services}</Link>
      <span>/</span>
      <Link href={servicesHref(dc)}>{dc}</Link>
      <span>/</span>
      <span className={styles.here} aria-current="page">
        <Name>{name}</Name>
      </span>
    </nav>
  );
}
