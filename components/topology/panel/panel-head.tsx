'use client';

import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import buttons from '@/components/ui/button.module.css';
import { useText } from '@/components/ui/text-provider';
import styles from './panel.module.css';

interface PanelHeadProps {
  /** What it is, above its name. */
  readonly kind: ReactNode;
  readonly name: ReactNode;
  readonly close: () => void;
  /** How it is. */
  readonly children?: ReactNode;
}

/** What the panel tells of. With another name it is read out, and scrolled to: one may have come from the end of the last. */
export function PanelHead({ kind, name, close, children }: PanelHeadProps) {
  const words = useText().topology.panel;
  const head = useRef<HTMLElement>(null);
  useEffect(() => {
    head.current?.scrollIntoView?.({ block: 'nearest' });
  }, []);
  return (
    <header ref={head} className={styles.head}>
      <div className={styles.kind}>
        <span>{kind}</span>
        <button type="button" className={buttons.icon} onClick={close} aria-label={words.close} title={words.close}>
          <X size={16} aria-hidden="true" />
        </button>
      </div>
      <h2>{name}</h2>
      {children}
    </header>
  );
}
