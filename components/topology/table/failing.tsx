'use client';

import { useText } from '@/components/ui/text-provider';
import styles from './table.module.css';

const WARNING_FROM = 0.01;
const CRITICAL_FROM = 0.05;

/** Errors as a part of 1; null: nobody counts them. */
export function Failing({ ratio }: { ratio: number | null }) {
  const words = useText().topology;
  if (ratio === null) return null;
  const tone = ratio >= CRITICAL_FROM ? styles.bad : ratio >= WARNING_FROM ? styles.warn : undefined;
  return <span className={tone}>{words.percent(ratio)}</span>;
}
