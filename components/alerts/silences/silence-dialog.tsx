'use client';

import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { allowStyles } from '@/components/ui/allow-styles';
import buttons from '@/components/ui/button.module.css';
import { useText } from '@/components/ui/text-provider';
import type { Silence } from '@/lib/alerts/alert-body';
import styles from './silence-dialog.module.css';
import { SilenceForm } from './silence-form';

interface SilenceDialogProps {
  /** What it holds for at first; `silenceFilterOf` makes it of an alert. */
  readonly filter: string;
  readonly close: () => void;
  readonly onMade?: (silence: Silence) => void;
}

/** Asks for a silence above whatever page. */
export function SilenceDialog({ filter, close, onMade }: SilenceDialogProps) {
  const text = useText();
  useState(allowStyles);
  return (
    <Dialog.Root open onOpenChange={(open) => open || close()}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.veil} />
        <Dialog.Content className={styles.dialog} onEscapeKeyDown={keepForCandidates} onOpenAutoFocus={toFirstGap}>
          <div className={styles.title}>
            <Dialog.Title asChild>
              <h2>{text.silences.title}</h2>
            </Dialog.Title>
            <Dialog.Close className={buttons.icon} aria-label={text.silences.cancel}>
              <X size={15} aria-hidden="true" />
            </Dialog.Close>
          </div>
          <Dialog.Description className={styles.hint}>{text.silences.hint}</Dialog.Description>
          <SilenceForm
            filter={filter}
            cancel={close}
            onMade={(silence) => {
              onMade?.(silence);
              close();
            }}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Where a list stands open under the filter, Escape closes that first. */
function keepForCandidates(event: KeyboardEvent): void {
  const { target } = event;
  if (target instanceof Element && target.getAttribute('aria-expanded') === 'true') event.preventDefault();
}

/** To what has to be written: matchers where there are none, else the reason. */
function toFirstGap(event: Event): void {
  if (!(event.currentTarget instanceof Element)) return;
  const inputs = event.currentTarget.querySelectorAll<HTMLInputElement>('input[type="text"]');
  const gap = [...inputs].find(({ value }) => value === '');
  event.preventDefault();
  gap?.focus();
}
