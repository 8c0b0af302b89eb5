'use client';

import { Check, Link2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useText } from '@/components/ui/text-provider';
import { formatMoment, type Span } from '@/lib/timeline/span';
import styles from './timeline-bar.module.css';

const SAID_MS = 3_000;

/** Copies a link to this very span: one to "the last hour" would show another one tomorrow. */
export function CopyLink({ span }: { span: Span }) {
  const text = useText();
  const [said, say] = useState<'copied' | 'notCopied' | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => say(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    const link = new URL(location.href);
    link.searchParams.delete('range');
    link.searchParams.set('from', formatMoment(span.fromMs));
    link.searchParams.set('to', formatMoment(span.toMs));
    try {
      await navigator.clipboard.writeText(link.href);
      say('copied');
    } catch {
      // No clipboard outside of HTTPS and the own machine, or not allowed: the address bar is then put right to be copied by hand.
      history.replaceState(history.state, '', link);
      say('notCopied');
    }
  };
  return (
    <span className={styles.copy}>
      <button type="button" className={styles.button} onClick={copy} title={text.timeline.copyWhy}>
        {said === 'copied' ? <Check size={15} aria-hidden="true" /> : <Link2 size={15} aria-hidden="true" />}
        {said === 'copied' ? text.timeline.copied : text.timeline.copy}
      </button>
      <span role="status" className={styles.said}>
        {said === 'notCopied' ? text.timeline.notCopied : null}
      </span>
    </span>
  );
}
